import { describe, expect, test } from 'vitest'
import { bytes, calendarStep, clockTime, count, handbookBlocks, inSight, keyOf, lines, match, monthGrid, offsets, onStrip, pins, readDay, readKey, shortDay, stripMonths, tone, typedDay } from './lib'

const check = (what: string, got: unknown, wanted: unknown) => test(what, () => expect(got).toEqual(wanted))

describe('days are read', () => {
  check('with their weekday', readDay('2026-10-05'), 'Mon 5 Oct 2026')
  check('on a leap day', readDay('2028-02-29'), 'Tue 29 Feb 2028')
  check('as nothing when there is none', readDay(null), '')
  check('as nothing when it is no day', readDay('soon'), '')
  check('short where the year is plain', shortDay('2026-12-25'), '25 Dec')
})

describe('days are typed', () => {
  const typed = (text: string) => typedDay(text, '2026-11-23')
  check('British order', typed('5/10/2026'), '2026-10-05')
  check('two figures for the year', typed('5.10.26'), '2026-10-05')
  check('no year means this year', typed('5/10'), '2026-10-05')
  check('month as a word', typed('5 Oct'), '2026-10-05')
  check('as it is shown', typed('Mon 5 Oct 2026'), '2026-10-05')
  check('with an ordinal', typed('1st December 2026'), '2026-12-01')
  check('as a standard date', typed('2026-10-05'), '2026-10-05')
  check('today', typed('Today'), '2026-11-23')
  check('no such day', typed('31/6/2026'), null)
  check('American order is no day', typed('10/25/2026'), null)
  check('rubbish', typed('next week'), null)
  check('a leap day in a plain year', typed('29 Feb 2027'), null)
})

describe('the calendar', () => {
  const grid = monthGrid(2026, 2)
  check('begins on a Monday', grid[0]?.[0], { iso: '2026-01-26', day: 26, inside: false })
  check('has six weeks', grid.length, 6)
  check('steps over the end of a year', calendarStep('2026-12-31', 1), '2027-01-01')
})

describe('the year strip', () => {
  check('begins at its day', onStrip('2026-11-23', 366, '2026-11-23'), 0)
  check('leaves out what is past', onStrip('2026-11-23', 366, '2026-11-22'), null)
  check('names the months', stripMonths('2026-11-23', 366).map((m) => m.name).join(' '), 'Dec Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov')
  const days = [{ on: '2026-11-24', due: 1, says: 'a' }, { on: '2026-11-26', due: 2, says: 'b' }, { on: '2027-03-01', due: 1, says: 'c' }]
  check('gathers days too near to tell apart', pins('2026-11-23', 366, days).map((p) => p.due), [3, 1])
})

describe('a clock looks', () => {
  check('overdue', tone({ state: 'overdue', days_left: -2, used: 1 }), 'overdue')
  check('soon near its end', tone({ state: 'running', days_left: 3, used: 0.7 }), 'soon')
  check('calm before', tone({ state: 'running', days_left: 20, used: 0.3 }), 'running')
  check('paused whatever is left', tone({ state: 'paused', days_left: null, used: 0.99 }), 'paused')
  check('waiting', tone({ state: 'not_started', days_left: null, used: 0 }), 'waiting')
})

describe('small words', () => {
  check('one', count(1, 'mark'), '1 mark')
  check('many', count(2000, 'page'), '2,000 pages')
  check('bytes', bytes(1_284_331), '1.3 MB')
  check('time', clockTime(new Date(2026, 1, 1, 9, 5)), '09:05')
  check('address lines', lines(' a \n\nb'), ['a', 'b'])
  check('key of a certificate', readKey('sha256_source'), 'SHA-256 source')
})

describe('the handbook', () => {
  check('has headings, lists and paragraphs', handbookBlocks('One\ntwo.\n\n## Head\n- a\n- b\n  more\n\nEnd'), [
    { kind: 'text', lines: ['One two.'] },
    { kind: 'heading', lines: ['Head'] },
    { kind: 'list', lines: ['a', 'b more'] },
    { kind: 'text', lines: ['End'] },
  ])
})

describe('long lists', () => {
  const at = offsets(Array.from({ length: 1000 }, () => 10))
  check('end where the last row ends', at.at(-1), 10_000)
  check('draw what is in sight and a little more', inSight(at, 500, 100, 2), { first: 48, last: 63, before: 480, total: 10_000 })
  check('stop at the end', inSight(at, 9_990, 100, 2).last, 1000)
  check('draw nothing of nothing', inSight([0], 0, 100), { first: 0, last: 0, before: 0, total: 0 })
})

describe('keys are written as on their caps', () => {
  const key = (key: string, more = {}) => keyOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more })
  check('letter', key('k', { ctrlKey: true }), 'Ctrl+K')
  check('space', key(' '), 'Space')
  check('plus needs no Shift', key('+', { shiftKey: true }), '+')
  check('arrow', key('ArrowLeft', { altKey: true }), 'Alt+ArrowLeft')
})

describe('commands are found', () => {
  check('by the start of words', match('Log a request', 'req') > 0, true)
  check('only when every word is there', match('Log a request', 'log pack'), 0)
  check('the start counts most', match('Lock', 'lo') > match('Unlock', 'lo'), true)
})
