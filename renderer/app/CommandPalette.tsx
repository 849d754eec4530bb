import { useStore } from 'zustand';
import { type DocumentFiles, examples } from '../files/index.ts';
import { type Choice, Finder } from '../finder/index.ts';
import { COMMANDS, type CommandId, commandsOf, MENUS, shortcut } from '../host/index.ts';
import { menuStore } from '../menu/index.ts';
import { find } from '../search/fuzzy.ts';
import { useServices } from '../store/index.ts';
import { finding } from '../strings/en-finder.ts';
import { recentCommands, remember } from './recent-commands.ts';

interface Entry {
  readonly choice: Choice;
  readonly names: readonly string[];
  readonly bonus: number;
}

/** Every command of every menu, and every worked example, by name. */
export function CommandPalette({ files }: { readonly files: DocumentFiles }) {
  const { host } = useServices();
  const { disabled, checked, named } = useStore(menuStore);
  const recent = recentCommands();
  const commands = MENUS.flatMap((plan) =>
    commandsOf(plan)
      // The palette itself is open already.
      .filter((id) => id !== 'help.commands')
      .map((id): Entry => {
        const title = named[id] ?? COMMANDS[id].label;
        const choice = {
          key: id,
          title: checked.includes(id) ? `${title} ✓` : title,
          detail: plan.label,
          keys: shortcut(id, host.platform),
          disabled: disabled.includes(id),
          run: () => {
            remember(id);
            host.commands.run(id);
          },
        };
        return {
          choice,
          names: [title, COMMANDS[id].label, `${plan.label} ${title}`],
          bonus: bonusOf(id, recent, choice.disabled),
        };
      }),
  );
  const { lessons } = useStore(examples);
  const lessonEntries = lessons.map(
    (lesson): Entry => ({
      choice: {
        key: `example ${lesson.id}`,
        title: lesson.title,
        detail: finding.example(lesson.topic),
        run: () => void files.newFromLesson(lesson),
      },
      names: [lesson.title, finding.example(lesson.title)],
      bonus: 0,
    }),
  );
  return (
    <Finder
      label={finding.commands}
      placeholder={finding.commandsPlaceholder}
      choicesFor={(text) =>
        find(
          text,
          [...commands, ...lessonEntries],
          ({ names }) => names,
          ({ bonus }) => bonus,
        ).map(({ choice }) => choice)
      }
      nothingFor={finding.noCommand}
    />
  );
}

/** Recent ones come first, and what is not possible now last of what is found alike. */
function bonusOf(id: CommandId, recent: readonly CommandId[], disabled: boolean): number {
  if (disabled) return 0;
  const at = recent.indexOf(id);
  return at < 0 ? 0.5 : 1 - at / 20;
}
