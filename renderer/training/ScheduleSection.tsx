import { type Schedule, scheduleNames, usualSchedule } from '#graph';
import { strings } from '../strings/en.ts';
import { NumberField } from '../ui/NumberField.tsx';
import { ChoiceField } from './ChoiceField.tsx';
import type { SectionProps } from './section.ts';

/** How the learning rate changes over the run. */
export function ScheduleSection({ settings, busy, onChange }: SectionProps) {
  const text = strings.training;
  const { schedule, warmUp } = settings;
  return (
    <section className="settings-section">
      <h2 className="heading">{text.schedule}</h2>
      <ChoiceField
        label={text.course}
        value={schedule.type}
        options={scheduleNames}
        disabled={busy}
        textOf={(type) => text.schedules[type]}
        onChange={(type) => onChange({ schedule: usualSchedule(type) })}
      />
      {numbersOf(schedule).map(({ name, value, problem, changed }) => (
        <NumberField
          key={`${schedule.type} ${name}`}
          label={text.scheduleNumbers[name]}
          value={value}
          disabled={busy}
          problemOf={problem}
          onChange={(next) => onChange({ schedule: changed(next) })}
        />
      ))}
      <NumberField
        label={text.warmUp}
        value={warmUp}
        disabled={busy}
        problemOf={(x) => (Number.isInteger(x) && x >= 0 ? undefined : text.wholeNotNegative)}
        onChange={(steps) => onChange({ warmUp: steps })}
      />
    </section>
  );
}

interface ScheduleNumber {
  readonly name: 'every' | 'patience' | 'factor' | 'floor';
  readonly value: number;
  problem(x: number): string | undefined;
  changed(x: number): Schedule;
}

const epochs = (x: number) => (Number.isInteger(x) && x > 0 ? undefined : strings.training.whole);
const factor = (x: number) => (x > 0 && x <= 1 ? undefined : strings.training.factorRange);
const floor = (x: number) => (x >= 0 && x <= 1 ? undefined : strings.training.floorRange);

function numbersOf(schedule: Schedule): readonly ScheduleNumber[] {
  switch (schedule.type) {
    case 'constant':
      return [];
    case 'step':
      return [
        {
          name: 'every',
          value: schedule.every,
          problem: epochs,
          changed: (every) => ({ ...schedule, every }),
        },
        {
          name: 'factor',
          value: schedule.factor,
          problem: factor,
          changed: (next) => ({ ...schedule, factor: next }),
        },
      ];
    case 'exponential':
      return [
        {
          name: 'factor',
          value: schedule.factor,
          problem: factor,
          changed: (next) => ({ ...schedule, factor: next }),
        },
      ];
    case 'plateau':
      return [
        {
          name: 'patience',
          value: schedule.patience,
          problem: epochs,
          changed: (patience) => ({ ...schedule, patience }),
        },
        {
          name: 'factor',
          value: schedule.factor,
          problem: factor,
          changed: (next) => ({ ...schedule, factor: next }),
        },
      ];
    case 'cosine':
      return [
        {
          name: 'floor',
          value: schedule.floor,
          problem: floor,
          changed: (next) => ({ ...schedule, floor: next }),
        },
      ];
    case 'cyclic':
      return [
        {
          name: 'every',
          value: schedule.every,
          problem: epochs,
          changed: (every) => ({ ...schedule, every }),
        },
        {
          name: 'floor',
          value: schedule.floor,
          problem: floor,
          changed: (next) => ({ ...schedule, floor: next }),
        },
      ];
  }
}
