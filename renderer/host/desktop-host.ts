/** The host inside the desktop app: a thin layer over the bridge that the preload puts on the window. */

import { type Bridge, DATA_PATH, type Outcome, type PortMessage } from '#bridge';
import type { Host, HostCommands, OpenRequest, RecoveryId, Trainer, TrainerExit } from './host.ts';
import { Listeners } from './listeners.ts';
import { Commands, plainName, textEdit } from './shared.ts';
import { TrainerHandle } from './trainer-handle.ts';

export function createDesktopHost(bridge: Bridge): Host {
  const commands = new Commands(bridge.platform);
  const openRequests = new Listeners<OpenRequest>();
  const restoreRequests = new Listeners<RecoveryId>();
  const menu = createMenuState(bridge);
  const trainers = createTrainers(bridge);
  const listening = { open: false, restore: false, told: false };
  let mayClose: (() => Promise<boolean>) | null = null;
  let deciding = false;

  const closeRequested = async () => {
    void bridge.request('window.closeHeard', null);
    // A second press of the close button while the first is being decided changes nothing.
    if (deciding) return;
    deciding = true;
    let close = false;
    try {
      close = mayClose === null ? true : await mayClose();
    } finally {
      deciding = false;
      void bridge.request('window.closeAnswer', { close });
    }
  };

  bridge.onEvent((event) => {
    switch (event.name) {
      case 'command': {
        const edit = textEdit(event.payload);
        if (edit === null) commands.tell(event.payload);
        else void bridge.request('commands.editText', { edit });
        return;
      }
      case 'files.openRequest':
        return openRequests.tell(event.payload);
      case 'recovery.restoreRequest':
        return restoreRequests.tell(event.payload.id);
      case 'window.closeRequest':
        return void closeRequested();
      case 'trainer.exit':
        return trainers.exited(event.payload.trainer, event.payload.exit);
    }
  });

  /** Once the page listens to both kinds of requests, what waits may come. */
  const listen = (kind: 'open' | 'restore') => {
    listening[kind] = true;
    if (listening.told || !listening.open || !listening.restore) return;
    listening.told = true;
    void bridge.request('files.ready', null);
  };

  return {
    kind: 'desktop',
    platform: bridge.platform,
    files: {
      open: () => bridge.request('files.open', null),
      read: (ref) => bridge.request('files.read', { ref }),
      save: (request) => bridge.request('files.save', request),
      import: () => bridge.request('files.import', null),
      saveBytes: (bytes, suggestedName) =>
        bridge.request('files.saveBytes', { bytes, suggestedName: plainName(suggestedName) }),
      onOpenRequest: (listener) => {
        const end = openRequests.add(listener);
        listen('open');
        return end;
      },
      change: (ref) => bridge.request('files.change', { ref }),
      versions: (ref) => bridge.request('files.versions', { ref }),
      version: (ref, id) => bridge.request('files.version', { ref, id }),
      drop: (transfer) => bridge.drop([...transfer.files]),
    },
    recovery: {
      keep: (text, { name, ref }) =>
        bridge.request('recovery.keep', { text, name: name && plainName(name), ref }),
      offers: () => bridge.request('recovery.offers', null),
      read: (id) => bridge.request('recovery.read', { id }),
      take: (id) => bridge.request('recovery.take', { id }),
      takeElsewhere: (id) => bridge.request('recovery.takeElsewhere', { id }),
      refuse: (id) => bridge.request('recovery.refuse', { id }),
      onRestoreRequest: (listener) => {
        const end = restoreRequests.add(listener);
        listen('restore');
        return end;
      },
      discard: () => bridge.request('recovery.discard', null),
    },
    window: {
      setDocument: (shown) =>
        void bridge.request('window.setDocument', { ...shown, name: plainName(shown.name) }),
      setTheme: (theme) => void bridge.request('window.setTheme', { theme }),
      setScale: (scale) => void bridge.request('window.setScale', { scale }),
      confirmUnsaved: async (name) => {
        const answer = await bridge.request('window.confirmUnsaved', { name: plainName(name) });
        return answer.ok ? answer.value : 'cancel';
      },
      confirmConflict: async (name) => {
        const answer = await bridge.request('window.confirmConflict', { name: plainName(name) });
        return answer.ok ? answer.value : 'cancel';
      },
      confirmRevert: async (name) => {
        const answer = await bridge.request('window.confirmRevert', { name: plainName(name) });
        return answer.ok && answer.value;
      },
      confirmReload: async (name, dirty) => {
        const answer = await bridge.request('window.confirmReload', {
          name: plainName(name),
          dirty,
        });
        return answer.ok && answer.value;
      },
      onCloseRequest: (listener) => {
        mayClose = listener;
        return () => {
          if (mayClose === listener) mayClose = null;
        };
      },
    },
    commands: {
      onCommand: (listener) => commands.add(listener),
      run: (id) => commands.tell(id),
      setState: (state) => {
        commands.disable(state.disabled);
        menu.show(state);
      },
      setKeymap: (keymap) => void bridge.request('commands.setKeymap', { keymap }),
    },
    clipboard: {
      trigger: async (edit) => (await bridge.request('commands.editText', { edit })).ok,
    },
    datasets: {
      known: () => bridge.request('datasets.known', null),
      choose: (what) => bridge.request('datasets.choose', { what }),
      url: (ref, name) => {
        const path = name.split('/').map(encodeURIComponent).join('/');
        return new URL(`${DATA_PATH}${ref}/${path}`, location.origin).href;
      },
    },
    runs: {
      list: () => bridge.request('runs.list', null),
      keep: (id, record) => bridge.request('runs.keep', { id, record }),
      keepCheckpoint: (id, bytes) => bridge.request('runs.keepCheckpoint', { id, bytes }),
      checkpoint: (id) => bridge.request('runs.checkpoint', { id }),
      remove: (id) => bridge.request('runs.remove', { id }),
      exportCheckpoint: (bytes, suggestedName) =>
        bridge.request('runs.export', { bytes, suggestedName }),
      importCheckpoint: () => bridge.request('runs.import', null),
    },
    startTrainer: trainers.start,
    openExternal: (url) => bridge.request('system.openExternal', { url }),
  };
}

type CommandState = Parameters<HostCommands['setState']>[0];

/**
 * While a text field has the focus, Edit's items mean its text: then they are enabled whatever the page says of the
 * graph. On a Mac even the keys for copy and paste depend on that.
 */
function createMenuState(bridge: Bridge) {
  let state: CommandState = { disabled: [], checked: [], named: {} };
  let sent = '';
  const send = () => {
    const disabled = state.disabled.filter((id) => textEdit(id) === null);
    const now = { ...state, disabled, checked: [...state.checked] };
    if (JSON.stringify(now) === sent) return;
    sent = JSON.stringify(now);
    void bridge.request('commands.setState', now);
  };
  window.addEventListener('focusin', send);
  // Only after the event is it settled where the focus went.
  window.addEventListener('focusout', () => setTimeout(send));
  const show = (next: CommandState) => {
    state = next;
    send();
  };
  return { show };
}

/** Reply, port and exit of a trainer come by three ways, in any order; its number brings them together. */
function createTrainers(bridge: Bridge) {
  const ports = new Map<number, MessagePort>();
  const awaited = new Map<number, (port: MessagePort) => void>();
  const gone = new Map<number, TrainerExit>();
  let current: { id: number; handle: TrainerHandle } | null = null;

  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const [port] = event.ports;
    if (event.source !== window || event.origin !== location.origin || port === undefined) return;
    if (!isPortMessage(event.data)) return;
    const { trainer } = event.data;
    const take = awaited.get(trainer);
    if (take === undefined) ports.set(trainer, port);
    else take(port);
  });

  const portOf = (trainer: number) => {
    const port = ports.get(trainer);
    if (port !== undefined) {
      ports.delete(trainer);
      return Promise.resolve(port);
    }
    return new Promise<MessagePort>((resolve) => {
      awaited.set(trainer, (late) => {
        awaited.delete(trainer);
        resolve(late);
      });
    });
  };

  const start = async (): Promise<Outcome<Trainer>> => {
    await current?.handle.stop();
    current = null;
    const started = await bridge.request('trainer.start', null);
    if (!started.ok) return started;
    const { trainer: id } = started.value;
    const port = await portOf(id);
    const handle = new TrainerHandle(
      port,
      () => bridge.request('trainer.stop', { trainer: id }),
      async () => {
        const memory = await bridge.request('trainer.memory', { trainer: id });
        return memory.ok ? memory.value : null;
      },
    );
    current = { id, handle };
    const exit = gone.get(id);
    gone.clear();
    if (exit !== undefined) handle.exited(exit);
    return { ok: true, value: handle };
  };

  const exited = (id: number, exit: TrainerExit) => {
    if (current?.id === id) current.handle.exited(exit);
    else gone.set(id, exit);
  };

  return { start, exited };
}

function isPortMessage(data: unknown): data is PortMessage {
  return (
    typeof data === 'object' &&
    data !== null &&
    'type' in data &&
    data.type === 'gradwire:port' &&
    'trainer' in data &&
    typeof data.trainer === 'number'
  );
}
