import { expect, test } from 'vitest'
import { certificateBlocks } from './certificate'

test('a certificate is read as facts, lists and tables', () => {
  const blocks = certificateBlocks(JSON.stringify({ version: '1', proved: true, checks: ['a', 'b'], documents: [{ pages: 2000, sha256_output: null }], counts_by_code: { '3P': 4, LPP: 1 }, source: { pages: 1, name: 'x' } }))
  expect(blocks).toEqual([
    { kind: 'facts', rows: [['Version', '1'], ['Proved', 'Yes'], ['Source: pages', '1'], ['Source: name', 'x']] },
    { kind: 'list', heading: 'Checks', lines: ['a', 'b'] },
    { kind: 'table', heading: 'Documents', columns: ['Pages', 'SHA-256 output'], rows: [['2,000', '–']] },
    { kind: 'table', heading: 'Counts by code', columns: ['3P', 'LPP'], rows: [['4', '1']] },
  ])
})
test('a certificate that is not JSON is still shown', () => {
  expect(certificateBlocks('sealed')).toEqual([{ kind: 'list', heading: 'Certificate', lines: ['sealed'] }])
})
