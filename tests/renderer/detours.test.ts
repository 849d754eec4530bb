import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detoursOf, nodeId, type Obstacle, type RoutedWire, wireId } from '#graph';
import { onCurve, pathOf } from '../../renderer/canvas/curve.ts';

const wire = (x0: number, y0: number, x3: number, y3: number, id = 'w'): RoutedWire => ({
  id: wireId(id),
  from: nodeId('a'),
  to: nodeId('b'),
  curve: { x0, y0, x3, y3 },
});
const obstacle = (left: number, top: number, width = 80, height = 80): Obstacle => ({
  id: `o${left} ${top}`,
  left,
  top,
  right: left + width,
  bottom: top + height,
  edge: top + height,
});
/** Whether a wire as it is drawn runs through an obstacle. */
const through = (
  { curve, id }: RoutedWire,
  all: ReturnType<typeof detoursOf>,
  { left, right, top, bottom }: Obstacle,
) =>
  Array.from({ length: 25 }, (_, at) => onCurve({ ...curve, detour: all.get(id) }, at / 24)).some(
    ({ x, y }) => x > left && x < right && y > top && y < bottom,
  );

describe('a wire', () => {
  it('goes straight where nothing is in its way', () => {
    const list = [obstacle(200, 300), obstacle(-300, -40)];
    expect(detoursOf([wire(0, 0, 600, 0)], list).size).toBe(0);
  });

  it('passes what is in its way on the nearer side', () => {
    const above = detoursOf([wire(0, 0, 600, 0)], [obstacle(260, -20)]).get(wireId('w'));
    expect(above?.y).toBe(-44);
    const below = detoursOf([wire(0, 0, 600, 0)], [obstacle(260, -60)]).get(wireId('w'));
    expect(below?.y).toBe(44);
  });

  it('does not avoid the nodes that it connects', () => {
    const own = { ...obstacle(-40, -40), id: 'a' };
    expect(detoursOf([wire(0, 0, 600, 0)], [own]).size).toBe(0);
  });

  it('takes a lane of its own where another passes as well', () => {
    const detours = detoursOf(
      [wire(0, 0, 600, 0, 'one'), wire(0, 10, 600, 10, 'two')],
      [obstacle(260, -20)],
    );
    const [one, two] = [detours.get(wireId('one')), detours.get(wireId('two'))];
    expect(Math.abs((one?.y ?? 0) - (two?.y ?? 0))).toBeGreaterThanOrEqual(8);
  });

  it('never runs through anything once it takes a detour, and begins and ends at its ports', () => {
    const place = fc.integer({ min: -200, max: 900 });
    const obstacles = fc.array(
      fc.tuple(place, place, fc.integer({ min: 20, max: 160 }), fc.integer({ min: 20, max: 160 })),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(obstacles, place, place, (list, y0, y3) => {
        const all = list.map((sizes) => obstacle(...sizes));
        const led = wire(0, y0, 700, y3);
        const detours = detoursOf([led], all);
        const detour = detours.get(led.id);
        if (!detour) return;
        for (const each of all) expect(through(led, detours, each)).toBe(false);
        const curve = { ...led.curve, detour };
        expect(onCurve(curve, 0)).toEqual({ x: 0, y: y0 });
        expect(onCurve(curve, 1)).toEqual({ x: 700, y: y3 });
        expect(pathOf(curve)).toContain(`L${detour.x2},${detour.y}`);
      }),
      { numRuns: 500 },
    );
  });
});
