import { describe, expect, test } from 'vitest'
import type { DocumentRow, MarkView, WordView } from '../backend/wire.gen'
import { box, dpiFor, isBox, markAt, markedLine, nextUnseen, runRects, runText, shapeOf, wordAt, wordBeyond, wordNear, zoomStep, type Rect } from './lib'

const check = (what: string, got: unknown, wanted: unknown) => test(what, () => expect(got).toEqual(wanted))
const word = (text: string, x: number, line: number): WordView => ({ text, rect: [x, line * 20, x + 30, line * 20 + 10], line, invisible: false })
// Two lines: “the old mill” over “by water lane”.
const WORDS = [word('the', 0, 0), word('old', 40, 0), word('mill', 80, 0), word('by', 0, 1), word('water', 40, 1), word('lane', 80, 1)]

describe('a point finds', () => {
  check('the word under it', wordAt(WORDS, { x: 50, y: 5 }), 1)
  check('nothing on blank paper', wordAt(WORDS, { x: 300, y: 5 }), null)
  check('the nearest word of its own line in a drag', wordNear(WORDS, { x: 300, y: 26 }), 5)
  check('the line before the column', wordNear(WORDS, { x: 0, y: 9 }), 0)
})

describe('a run of words', () => {
  check('has one rectangle a line', runRects(WORDS, 1, 4), [[40, 0, 110, 10], [0, 20, 70, 30]])
  check('reads as text', runText(WORDS, 1, 4), 'old mill by water')
  check('is the same backwards', shapeOf({ kind: 'words', anchor: 4, focus: 1 }, WORDS, 3), { shape: 'words', page: 3, rects: [[40, 0, 110, 10], [0, 20, 70, 30]], text: 'old mill by water' })
  check('goes down to the word below', wordBeyond(WORDS, 1, 1), 4)
  check('goes up to the word above', wordBeyond(WORDS, 5, -1), 2)
  check('stays on the last line', wordBeyond(WORDS, 5, 1), 5)
})

describe('a box', () => {
  check('may be drawn from any corner', box({ x: 50, y: 60 }, { x: 10, y: 20 }, 595, 842), [10, 20, 50, 60])
  check('stays on the page', box({ x: -5, y: 800 }, { x: 700, y: 900 }, 595, 842), [0, 800, 595, 842])
  check('is none when it is a slip of the hand', isBox([10, 10, 12, 40]), false)
})

const mark = (id: number, rect: Rect): MarkView => ({ mark: { id, document: 1, decided_by: '', decided_on: '', shape: { shape: 'rect', page: 1, rect }, code: null, note: '', answers: [], review_on: null }, places: [{ page: 1, rects: [rect] }], gaps: [], caution: null })
describe('marks', () => {
  const all = [mark(1, [0, 0, 500, 500]), mark(2, [10, 10, 50, 20])]
  check('the smallest is picked', markAt(all, 1, { x: 20, y: 15 })?.mark.id, 2)
  check('the large one elsewhere', markAt(all, 1, { x: 200, y: 200 })?.mark.id, 1)
  check('none on another page', markAt(all, 2, { x: 20, y: 15 }), null)
  const row = (marks: number, disclosure: 'disclosed' | 'withheld') => ({ marks, document: { disclosure } }) as DocumentRow
  check('are counted in documents that go out', markedLine([row(12, 'disclosed'), row(5, 'withheld')]), '12 marked, none removed until you seal')
  check('and once a pack is sealed nobody is told that nothing is removed', markedLine([row(12, 'disclosed')], 2), '12 marked; pack 2 is sealed without what was marked then')
  check('none', markedLine([]), 'Nothing marked yet')
})

describe('the next page nobody has looked at', () => {
  check('after this one', nextUnseen(5, [1, 2, 3], 1), 4)
  check('goes round', nextUnseen(5, [3, 4, 5], 4), 1)
  check('none when all were seen', nextUnseen(3, [1, 2, 3], 1), null)
  check('this one when it is the last left', nextUnseen(3, [1, 3], 2), 2)
})

describe('zoom', () => {
  check('in few steps of resolution', dpiFor(1.23, 1), 96)
  check('sharp on a fine screen', dpiFor(1.23, 2), 200)
  check('never more than the desk draws', dpiFor(5, 3), 300)
  check('up from between', zoomStep(1.1, 1), 1.25)
  check('down from between', zoomStep(1.1, -1), 1)
  check('no further', zoomStep(3, 1), 3)
})
