import { create } from 'zustand';

export interface MessageAction {
  readonly label: string;
  run(): void;
}

/** Something a person has to read before going on. */
export interface Message {
  readonly title: string;
  readonly detail: string;
  readonly list?: readonly string[];
  /** The last one is the suggested one; none means a single “Close”. */
  readonly actions?: readonly MessageAction[];
}

interface MessageState {
  readonly message: Message | null;
  show(message: Message | null): void;
}

export const messageStore = create<MessageState>()((set) => ({
  message: null,
  show: (message) => set({ message }),
}));
