import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { calendarUpTo, DAY, HOUR, MINUTE, saturdayBefore } from '../../src/lab/calendar.ts';
import { randomFor } from '../../src/lab/random.ts';

const at = (text: string): number => Date.parse(text);
const now = at('2026-09-16T14:37:21.500Z');

describe('the calendar of the demo', () => {
  it('finds the Saturday before', () => {
    for (const [time, saturday] of [
      ['2026-09-16T14:00:00Z', '2026-09-12T00:00:00Z'], // a Wednesday
      ['2026-09-12T00:00:00Z', '2026-09-12T00:00:00Z'], // its first moment
      ['2026-09-11T23:59:59Z', '2026-09-05T00:00:00Z'], // a Friday
      ['2026-09-13T23:59:59Z', '2026-09-12T00:00:00Z'], // a Sunday
    ] as const)
      assert.equal(new Date(saturdayBefore(at(time))).toISOString(), new Date(saturday).toISOString());
  });

  it('draws moments of the last 30 days only, whatever the rhythm', () => {
    const calendar = calendarUpTo(now);
    for (let i = 0; i < 3000; i++) {
      const time = calendar.moment((['office', 'machine', 'always'] as const)[i % 3]!, randomFor(i));
      assert.ok(time > now - 30 * DAY && time <= now - MINUTE, new Date(time).toISOString());
    }
  });

  it('keeps office hours: by day, on weekdays', () => {
    const calendar = calendarUpTo(now);
    const dates = Array.from({ length: 3000 }, (_, i) => new Date(calendar.moment('office', randomFor(i))));
    const share = (is: (date: Date) => boolean): number => dates.filter(is).length / dates.length;
    assert.ok(share((date) => date.getUTCDay() % 6 === 0) < 0.05);
    assert.ok(share((date) => date.getUTCHours() >= 7 && date.getUTCHours() < 18) > 0.9);
    assert.equal(
      share((date) => date.getUTCHours() < 5),
      0,
    );
  });

  it('puts the weekend of the wave between 6 and 15 days before now, on every weekday', () => {
    for (let day = 0; day < 7; day++) {
      const today = now + day * DAY;
      const calendar = calendarUpTo(today);
      for (const which of [0, 1] as const) {
        const time = calendar.lastButOneWeekend(which, randomFor(day));
        assert.equal(new Date(time).getUTCDay(), which === 0 ? 6 : 0);
        assert.ok(today - time > 6 * DAY && today - time < 15 * DAY, `${(today - time) / DAY}`);
      }
    }
  });

  it('draws between two distances from now', () => {
    const calendar = calendarUpTo(now);
    for (let i = 0; i < 200; i++) {
      const distance = now - calendar.ago(2 * HOUR, HOUR, randomFor(i));
      assert.ok(distance <= 2 * HOUR + 1000 && distance >= HOUR);
    }
  });
});
