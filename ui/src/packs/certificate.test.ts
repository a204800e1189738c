import { expect, test } from 'vitest'
import { readCertificate } from './certificate'

test('a certificate is read as facts, lists, tables and a section for each document', () => {
  const read = readCertificate(
    JSON.stringify({
      sealed_at: '2026-11-23T14:26:05.123+00:00',
      boxes_by_code: { '3P': 4, LPP: 1 },
      checks: [{ name: 'text', passed: true }],
      documents: [{ position: 2, says: '3 pages, 4 words removed', redaction: { pages: 2000, warnings: ['a'] } }],
    }),
  )
  expect(read.facts, 'a moment is read as people write it, and codes keep their names').toEqual([['Sealed at', 'Mon 23 Nov 2026, 14:26 UTC'], ['Boxes by code', '3P: 4 · LPP: 1']])
  expect(read.tables).toEqual([{ heading: 'Checks', columns: ['Name', 'Passed'], rows: [['text', 'Yes']] }])
  expect(read.sections[0]).toMatchObject({ heading: 'Document 2', says: '3 pages, 4 words removed', facts: [['Position', '2']] })
  expect(read.sections[0]?.sections[0]).toMatchObject({ heading: 'Redaction', facts: [['Pages', '2,000']], lists: [{ heading: 'Warnings', lines: ['a'] }] })
})
test('a certificate that is not JSON is still shown', () => {
  expect(readCertificate('sealed').lists).toEqual([{ heading: 'Certificate', lines: ['sealed'] }])
})
