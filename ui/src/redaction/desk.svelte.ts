/** One document being read and marked. */
import { getContext, setContext } from 'svelte'
import { asFault } from '../backend/host'
import type { CodeView, DocumentRow, Fault, Mark, MarkShape, MarkView, Marks, NewMark, PageView, PhraseHits } from '../backend/wire.gen'
import type { OpenRequest } from '../state/record.svelte'
import { Pictures } from './pictures'
import { firstPage, isBox, nextUnseen, shapeOf, type Selection } from './lib'

export type Panel = 'mark' | 'find' | 'marks'
export type Fit = 'width' | 'page' | number

export class Redaction {
  document = $state(0)
  page = $state(1)
  sheet = $state.raw<PageView | null>(null)
  marks = $state.raw<MarkView[]>([])
  selection = $state.raw<Selection | null>(null)
  /** Key of the mark that is picked out. */
  picked = $state<number | null>(null)
  panel = $state<Panel>('mark')
  after = $state(false)
  fit = $state<Fit>('width')
  /** The code last used: Enter marks with it. */
  pen = $state<string | null>(null)
  find = $state('')
  whole = $state(true)
  hits = $state.raw<PhraseHits | null>(null)
  hitAt = $state(0)
  fault = $state.raw<Fault | null>(null)
  /** Grows when the pictures of After may have changed. */
  cut = $state(0)
  /** Set for a moment when the code picker should take the focus. */
  wantCode = $state(0)
  wantNote = $state(0)
  wantFind = $state(0)
  readonly pictures: Pictures
  private sheets = new Map<string, Promise<PageView>>()
  private asked = 0
  private searches = 0
  private reading = 0

  constructor(readonly record: OpenRequest) {
    this.pictures = new Pictures(record.session.host)
  }

  get rows(): DocumentRow[] {
    return this.record.view?.documents ?? []
  }
  get row(): DocumentRow | undefined {
    return this.rows.find((r) => r.document.id === this.document)
  }
  get pages() {
    return this.row?.document.pages ?? 1
  }
  get mark(): MarkView | undefined {
    return this.marks.find((m) => m.mark.id === this.picked)
  }
  code(code: string | null): CodeView | undefined {
    return this.record.session.codes.find((c) => c.code === code)
  }

  async open(document: number, page = 1) {
    if (document !== this.document) {
      this.document = document
      this.marks = []
      this.picked = null
      this.hits = null
      void this.readMarks()
    }
    this.turn(page)
  }

  turn(page: number) {
    const to = Math.max(1, Math.min(this.pages, page))
    if (to !== this.page || !this.sheet) {
      this.selection = null
      this.sheet = null
    }
    this.page = to
    void this.readSheet()
  }

  async readSheet() {
    const number = ++this.asked
    const { document, page } = this
    try {
      const sheet = await this.sheetOf(document, page)
      if (number !== this.asked) return
      this.sheet = sheet
      this.fault = null
      if (page < this.pages) void this.sheetOf(document, page + 1).catch(() => undefined)
    } catch (thrown) {
      if (number === this.asked) this.fault = asFault(thrown)
    }
  }
  private sheetOf(document: number, page: number): Promise<PageView> {
    const key = `${document}/${page}`
    const before = this.sheets.get(key)
    if (before) return before
    const asked = this.record.session.ask('page', { document, page })
    this.sheets.set(key, asked)
    asked.catch(() => this.sheets.delete(key))
    if (this.sheets.size > 24) this.sheets.delete(this.sheets.keys().next().value!)
    return asked
  }

  async readMarks() {
    const { document } = this
    const number = ++this.reading
    const found = await this.record.session.tell('marks', { id: document })
    if (found && document === this.document && number === this.reading) this.marks = found.marks
  }
  private take(found: Marks) {
    if (found.document !== this.document) return
    this.reading += 1
    this.marks = found.marks
    this.changed()
    this.record.session.saved()
  }
  /** Marks have changed: After must be drawn anew and the request's counts read again. */
  private changed() {
    this.pictures.forget('after_picture', this.document)
    this.cut += 1
    void this.record.load()
    this.record.session.stale += 1
  }
  refresh() {
    void this.readMarks().then(() => this.changed())
  }

  async seen(page = this.page) {
    const row = this.row
    if (!row || row.document.seen.includes(page)) return
    const { document } = this
    const view = await this.record.session.tell('page_seen', { document, page })
    if (view && view.request.id === this.record.id) this.record.view = view
  }
  async nextUnseen() {
    const row = this.row
    if (!row) return
    await this.seen()
    const seen = this.row?.document.seen ?? []
    const next = nextUnseen(this.pages, seen, this.page)
    if (next !== null) return this.turn(next)
    const all = this.rows.filter((r) => r.document.disclosure === 'disclosed')
    const from = all.findIndex((r) => r.document.id === this.document)
    const other = [...all.slice(from + 1), ...all.slice(0, from)].find((r) => r.document.seen.length < r.document.pages)
    if (!other) return this.record.session.toast('Every page of every document has been seen')
    this.record.session.toast(`Every page of “${row.document.title}” has been seen`)
    void this.open(other.document.id, nextUnseen(other.document.pages, other.document.seen, other.document.pages) ?? 1)
  }

  /** Marks what is selected. */
  async markSelection(code: string | null) {
    const { selection, sheet } = this
    if (!selection || !sheet || (selection.kind === 'box' && !isBox(selection.rect))) return false
    return this.add(shapeOf(selection, sheet.words, this.page), code)
  }
  async add(shape: MarkShape, code: string | null) {
    const before = new Set(this.marks.map((m) => m.mark.id))
    const found = await this.record.session.tell('mark_add', { document: this.document, mark: { shape, code, note: '', answers: [], review_on: null } })
    if (!found) return false
    this.selection = null
    this.take(found)
    if (code) this.pen = code
    this.picked = found.marks.find((m) => !before.has(m.mark.id))?.mark.id ?? this.picked
    this.panel = 'mark'
    if (!code) this.wantCode += 1
    return true
  }
  async change(mark: Mark, to: Partial<NewMark>) {
    const { shape, code, note, answers, review_on } = mark
    const found = await this.record.session.tell('mark_change', { mark: mark.id, facts: { shape, code, note, answers, review_on, ...to } })
    if (!found) return false
    if (to.code) this.pen = to.code
    this.take(found)
    return true
  }
  async remove(mark: MarkView | undefined) {
    if (!mark) return
    const found = await this.record.session.tell('mark_remove', { id: mark.mark.id })
    if (!found) return
    this.picked = null
    this.take(found)
    this.record.session.toast('Mark taken away', { label: 'Undo', run: () => void this.record.undo() })
  }
  pick(mark: MarkView | null, turn = false) {
    this.picked = mark?.mark.id ?? null
    if (!mark) return
    this.selection = null
    this.panel = 'mark'
    const pages = mark.places.map((p) => p.page)
    if (turn && !pages.includes(this.page)) this.turn(firstPage(mark))
  }
  stepMark(way: -1 | 1) {
    if (!this.marks.length) return
    const at = this.marks.findIndex((m) => m.mark.id === this.picked)
    const to = at < 0 ? (way > 0 ? 0 : this.marks.length - 1) : (at + way + this.marks.length) % this.marks.length
    this.pick(this.marks[to]!, true)
  }

  async search() {
    const text = this.find.trim()
    const number = ++this.searches
    if (!text) {
      this.hits = null
      return
    }
    const found = await this.record.session.tell('phrase_find', { document: this.document, find: text, whole_word: this.whole })
    if (number !== this.searches) return
    this.hits = found ?? null
    this.hitAt = 0
  }
  goHit(n: number) {
    const place = this.hits?.places[n]
    if (!place) return
    this.hitAt = n
    this.turn(place.page)
  }
  end() {
    this.pictures.end()
    this.sheets.clear()
  }
}

const KEY = Symbol('redaction')
export const setRedaction = (desk: Redaction) => setContext(KEY, desk)
export const useRedaction = () => getContext<Redaction>(KEY)
