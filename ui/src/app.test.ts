import { fireEvent, render, waitFor, within } from '@testing-library/svelte'
import axe from 'axe-core'
import { afterEach, describe, expect, test, vi } from 'vitest'
import App from './App.svelte'
import { FakeHost, type FakeOptions } from './backend/fake'

function open(options: FakeOptions = {}) {
  const host = new FakeHost({ delay: 0, ...options })
  const screen = render(App, { props: { host } })
  const at = (id: string) => screen.findByTestId(id)
  const click = async (id: string) => fireEvent.click(await at(id))
  const type = async (id: string, value: string) => {
    const field = (await at(id)) as HTMLInputElement
    await fireEvent.input(field, { target: { value } })
    await fireEvent.blur(field)
  }
  const key = (key: string, more: KeyboardEventInit = {}) => fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more })
  return { host, screen, at, click, type, key }
}
type Window_ = ReturnType<typeof open>

async function openRequest({ click }: Window_, tab: string, reference = 'GB-2026-0041') {
  await click('nav-requests')
  await click(`row-${reference}`)
  await click(`tab-${tab}`)
}

/** jsdom neither lays out nor paints: colour is checked in a browser, the rest here. */
async function clean(what: string) {
  const found = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false }, 'target-size': { enabled: false } } })
  expect(found.violations.map((v) => `${what}: ${v.id} ${v.nodes[0]?.html}`)).toEqual([])
}

describe('first run', () => {
  test('makes a vault, shows the recovery sheet, and asks two groups back', async () => {
    const { click, type, at, screen } = open({ state: 'none' })
    await click('start')
    await type('first-name', 'Wherrymarsh Homes')
    await type('first-address', 'Staithe House\nWherrymarsh')
    await click('first-next')
    await type('first-officer', 'Morag Tindle')
    await click('first-next')
    await type('first-phrase', 'short')
    await screen.findByText(/would find it/)
    expect(((await at('first-next')) as HTMLButtonElement).disabled, 'a weak phrase does not go on').toBe(true)
    await type('first-phrase', 'heron kettle ribbon marsh lantern')
    await type('first-phrase-again', 'heron kettle ribbon marsh lantern')
    await waitFor(async () => expect(((await at('first-next')) as HTMLButtonElement).disabled).toBe(false))
    await click('first-next')
    expect((await at('recovery-group-3')).textContent).toBe('4HVB')
    await clean('recovery sheet')
    await type('recovery-ask-1', 'XXXX')
    await type('recovery-ask-2', 'XXXX')
    await click('first-next')
    await screen.findByText(/not the ones on the sheet/)
    await type('recovery-ask-1', '4HVB')
    await type('recovery-ask-2', '1fgy')
    await click('first-next')
    await at('today')
    await screen.findByText(/Nothing has been logged yet/)
    await clean('empty Today')
  })
  test('practice data opens with its banner', async () => {
    const { click, at } = open({ state: 'none' })
    await click('practice')
    await at('practice-banner')
  })
})

describe('unlocking', () => {
  test('a wrong phrase is told in plain words, and the wait grows', async () => {
    const { click, type, at } = open({ state: 'locked' })
    await type('unlock-phrase', 'wrong')
    await click('unlock')
    expect((await at('unlock-fault')).textContent).toContain('does not open this vault')
    await type('unlock-phrase', 'wrong again')
    await click('unlock')
    await waitFor(async () => expect((await at('unlock')).textContent).toContain('Wait 4 seconds'))
    await clean('unlock')
  })
  test('the right phrase opens Today, and Ctrl+L shuts it', async () => {
    const { click, type, at, key, screen } = open({ state: 'locked' })
    await type('unlock-phrase', 'heron kettle ribbon marsh lantern')
    await click('unlock')
    await at('today')
    await key('l', { ctrlKey: true })
    await at('unlock-phrase')
    expect(document.body.textContent, 'nothing of a resident is left on the screen').not.toContain('Okonkwo')
    expect(screen.queryByTestId('today')).toBeNull()
  })
  test('the desk’s own lock shuts the window', async () => {
    const { host, at } = open()
    await at('today')
    host.lock()
    await at('unlock-phrase')
    expect(document.body.textContent).not.toContain('Okonkwo')
  })
})

describe('requests', () => {
  test('Today groups what is due and leads to its place', async () => {
    const { click, at } = open()
    await at('due-GB-2026-0036')
    await clean('Today')
    await click('due-GB-2026-0044')
    await at('panel-clock')
  })
  test('one is logged with its clock explained first', async () => {
    const { click, type, at, screen } = open()
    await click('nav-requests')
    await click('log-request')
    await type('log-received', '2 Nov 2026')
    await waitFor(async () => expect((await at('log-clock')).textContent).toContain('Wed 2 Dec 2026'))
    await click('log-save')
    await screen.findByText('The request has no name.')
    await type('log-name', 'Una Fairwater')
    await clean('log')
    await click('log-save')
    await waitFor(async () => expect((await at('request')).textContent).toContain('Una Fairwater'))
  })
  test('the list is searched', async () => {
    const { click, type, at, screen } = open()
    await click('nav-requests')
    await at('row-GB-2026-0041')
    await type('requests-search', 'rahimi')
    await waitFor(() => expect(screen.queryByTestId('row-GB-2026-0041')).toBeNull())
    await at('row-GB-2026-0043')
    await clean('requests')
  })
  test('a fact is saved on leaving its field, undone and done again', async () => {
    const window_ = open()
    const { type, at, key } = window_
    await openRequest(window_, 'request')
    await clean('request')
    await type('fact-taken-by', 'Reception')
    await waitFor(async () => expect((await at('saved')).textContent).toMatch(/^Saved \d\d:\d\d$/))
    const field = (await at('fact-taken-by')) as HTMLInputElement
    ;(document.activeElement as HTMLElement).blur()
    await key('z', { ctrlKey: true })
    await waitFor(() => expect(field.value).toContain('Joel Haddow'))
    await key('y', { ctrlKey: true })
    await waitFor(() => expect(field.value).toBe('Reception'))
  })
  test('a clarification stops the clock and its answer starts it', async () => {
    const window_ = open()
    const { click, type, at } = window_
    await openRequest(window_, 'clock')
    await clean('clock')
    await click('clock-clarification-ask')
    await type('clock-why', 'Nine systems')
    await type('clock-what', 'Which years?')
    await click('clock-save')
    await waitFor(async () => expect((await at('panel-clock')).textContent).toContain('the clock is stopped'))
    await click('clock-clarification-answered')
    await click('clock-save')
    await waitFor(async () => expect((await at('panel-clock')).textContent).toContain('Answered Mon 23 Nov 2026'))
  })
})

describe('documents', () => {
  test('come in, are refused with a reason, and ask for a password', async () => {
    const window_ = open()
    const { click, type, at, screen } = window_
    await openRequest(window_, 'documents')
    await clean('documents')
    await click('add-documents')
    expect((await at('refused')).textContent).toContain('scan0044.tif')
    await type('file-password', 'nonsense')
    await click('file-password-open')
    await screen.findByText('That password did not open it.')
    await type('file-password', 'marsh')
    await click('file-password-open')
    await at('document-7')
  })
  test('one is withheld under a code', async () => {
    const window_ = open()
    const { at } = window_
    await openRequest(window_, 'documents')
    await fireEvent.change(await at('document-disclosure-5'), { target: { value: 'withheld' } })
    const code = await at('document-code-5')
    await fireEvent.click(code)
    await fireEvent.input(code, { target: { value: 'negot' } })
    await fireEvent.keyDown(code, { key: 'Enter' })
    await waitFor(async () => expect(((await at('document-code-5')) as HTMLInputElement).value).toContain('NEG'))
  })
})

describe('redaction', () => {
  test('words are chosen by key and marked by key; the mark asks its questions', async () => {
    const window_ = open()
    const { click, at, key, screen } = window_
    await openRequest(window_, 'redact')
    await at('word-0')
    const page = await at('page')
    page.focus()
    await key('ArrowRight')
    await key('ArrowRight')
    await key('ArrowRight', { shiftKey: true })
    await key('1')
    expect((await at('this-mark')).textContent).toContain('“behaviour case”')
    expect((await at('mark-gaps')).textContent).toContain('Not answered')
    await clean('redact')
    await click('answer-identifies-yes')
    await click('same-answers')
    await waitFor(() => expect(screen.queryByTestId('mark-gaps')).toBeNull())
    expect((await at('marked-line')).textContent).toBe('8 marked, none removed until you seal')
    page.focus()
    await key('Delete')
    await waitFor(async () => expect((await at('marked-line')).textContent).toContain('7 marked'))
    await key('z', { ctrlKey: true })
    await waitFor(async () => expect((await at('marked-line')).textContent).toContain('8 marked'))
  })
  test('a phrase is counted and marked everywhere', async () => {
    const window_ = open()
    const { click, type, at } = window_
    await openRequest(window_, 'redact')
    await at('word-0')
    await click('panel-tab-find')
    await type('find-input', 'Delyth Marchbanks')
    await waitFor(async () => expect((await at('find-total')).textContent).toContain('2 places'))
    await click('find-mark-all')
    expect((await at('this-mark')).textContent).toContain('“Delyth Marchbanks” wherever it stands')
  })
  test('Space goes to the next page nobody has looked at', async () => {
    const window_ = open()
    const { at, key, screen } = window_
    await openRequest(window_, 'redact')
    await at('word-0')
    ;(await at('page')).focus()
    await key(' ')
    await waitFor(async () => expect((await at('page')).dataset['page']).toBe('2'))
    await key(' ')
    await waitFor(async () => expect((await at('page')).dataset['page']).toBe('3'))
    await key(' ')
    await screen.findByText(/Every page of “Anti-social behaviour case/)
  })
  test('a page counts as seen after a second', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    const window_ = open()
    await openRequest(window_, 'redact')
    await window_.at('word-0')
    await window_.click('page-next')
    await window_.at('word-0')
    await vi.advanceTimersByTimeAsync(1200)
    expect((await window_.at('thumb-2')).textContent).toContain(', seen')
  })
  test('only a few thumbnails of two thousand pages are drawn', async () => {
    const window_ = open()
    await openRequest(window_, 'redact')
    await window_.click('redact-document-4')
    await window_.at('thumb-1')
    expect(document.querySelectorAll('[data-testid^="thumb-"]').length).toBeLessThan(60)
  })
})
afterEach(() => vi.useRealTimers())

describe('packs', () => {
  test('a gate that is not met leads to its place', async () => {
    const window_ = open()
    const { click, at } = window_
    await openRequest(window_, 'pack')
    expect(((await at('seal')) as HTMLButtonElement).disabled).toBe(true)
    await clean('pack')
    const missing = document.querySelector<HTMLElement>('[data-met="false"] button')
    await fireEvent.click(missing!)
    await at('panel-redact')
    await click('tab-pack')
    await waitFor(async () => expect(within(await at('panel-pack')).getByText('Before it can be sealed')).toBeTruthy())
  })
  test('one is sealed with progress, its certificate read, and its sending recorded', async () => {
    const window_ = open()
    const { click, type, at } = window_
    await openRequest(window_, 'pack', 'GB-2026-0034')
    await click('seal')
    await at('pack-2')
    await click('pack-2-certificate')
    expect((await at('certificate')).textContent).toContain('Nothing that was marked could be found')
    await clean('certificate')
    await click('pack-2-send')
    await type('sent-how', 'Collected in person')
    await click('sent-save')
    await waitFor(async () => expect((await at('request')).textContent).toContain('Closed'))
  })
  test('sealing is stopped with nothing lost', async () => {
    const window_ = open({ delay: 15 })
    const { click, at, screen } = window_
    await openRequest(window_, 'pack', 'GB-2026-0034')
    await click('seal')
    await click('seal-cancel')
    await screen.findByText('You stopped the sealing.')
    await at('seal')
    expect(screen.queryByTestId('pack-2')).toBeNull()
  })
})

describe('everywhere', () => {
  test('Ctrl+K finds a person and a thing to do, with its key', async () => {
    const { at, key, type, click, screen } = open()
    await at('today')
    await key('k', { ctrlKey: true })
    await clean('palette')
    expect((await at('command-lock')).textContent).toContain('Ctrl+L')
    await type('palette-input', 'okonkwo')
    await screen.findByText(/GB-2026-0041 ·/)
    await click('command-hit-0')
    await at('request')
  })
  test('F1 opens the handbook at this screen', async () => {
    const { at, key } = open({ handbook: { today: '# Today\n\nThe first screen.' } })
    await at('today')
    await key('F1')
    await waitFor(async () => expect((await at('handbook')).textContent).toContain('The first screen.'))
    await clean('handbook')
  })
  test('the journal and the settings are clean', async () => {
    const { click, at, type } = open()
    await click('nav-journal')
    expect((await at('journal-chain')).textContent).toContain('Unbroken')
    await clean('journal')
    await click('nav-settings')
    await type('set-name', '')
    expect((await at('settings')).textContent).toContain('The organisation has no name.')
    await clean('settings')
  })
  test('somebody at the keyboard is told to the desk', async () => {
    const { host, at, key } = open()
    await at('today')
    await key('a')
    expect(host.touched).toBeGreaterThan(0)
  })
})
