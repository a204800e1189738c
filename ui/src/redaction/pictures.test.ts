import { expect, test } from 'vitest'
import type { Host } from '../backend/host'
import { Pictures } from './pictures'

function desk() {
  const asked: string[] = []
  const waiting: (() => void)[] = []
  const host = {
    call: (name: string, input: { page: number }) => {
      asked.push(`${name} ${input.page}`)
      return new Promise((done) => waiting.push(() => done(new ArrayBuffer(1))))
    },
  } as unknown as Host
  const let_go = async () => {
    waiting.splice(0).forEach((done) => done())
    await new Promise((done) => setTimeout(done))
  }
  return { asked, host, let_go }
}

test('a few at a time, the newest urgent wish first', async () => {
  const { asked, host, let_go } = desk()
  const pictures = new Pictures(host, 10, 1)
  void pictures.get('page_picture', 1, 1, 24, false)
  void pictures.get('page_picture', 1, 2, 24, false)
  void pictures.get('page_picture', 1, 3, 24, false)
  void pictures.get('page_picture', 1, 9, 96, true)
  expect(asked, 'what the person looks at waits for no thumbnail').toEqual(['page_picture 1', 'page_picture 9'])
  await let_go()
  expect(asked[2], 'the newest wish is the one in sight').toBe('page_picture 3')
})

test('a wish that scrolled by is taken back', async () => {
  const { asked, host, let_go } = desk()
  const pictures = new Pictures(host, 10, 1)
  void pictures.get('page_picture', 1, 1, 24, false)
  void pictures.get('page_picture', 1, 2, 24, false)
  pictures.drop('page_picture', 1, 2, 24)
  await let_go()
  expect(asked).toEqual(['page_picture 1'])
})

test('asked twice is fetched once, and kept', async () => {
  const { asked, host, let_go } = desk()
  const pictures = new Pictures(host)
  const both = Promise.all([pictures.get('page_picture', 1, 1, 96), pictures.get('page_picture', 1, 1, 96)])
  await let_go()
  await both
  expect(asked.length).toBe(1)
  expect(pictures.have('page_picture', 1, 1, 96)).toBe('blob:test')
})

test('old pictures are let go, and all at the end', async () => {
  const { host, let_go } = desk()
  const pictures = new Pictures(host, 2, 9)
  for (const page of [1, 2, 3]) void pictures.get('page_picture', 1, page, 24)
  await let_go()
  expect([1, 2, 3].map((page) => pictures.have('page_picture', 1, page, 24) !== null)).toEqual([false, true, true])
  pictures.end()
  expect(pictures.have('page_picture', 1, 3, 24)).toBeNull()
})
