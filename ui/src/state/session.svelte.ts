/** What the window knows while a vault is open. All of it goes when the vault locks. */
import { getContext, setContext } from 'svelte'
import { SvelteMap, SvelteSet } from 'svelte/reactivity'
import { asFault, type CallOptions, type Host, type Input, type Name, type Output } from '../backend/host'
import type { CodeView, Fault, Preferences, VaultStatus } from '../backend/wire.gen'
import { clockTime } from '../shared/lib'
import { looks, wear } from './theme.svelte'

export type Place = 'today' | 'requests' | 'journal' | 'settings'
export type Tab = 'request' | 'clock' | 'documents' | 'redact' | 'pack' | 'history'
export const TABS: [Tab, string][] = [['request', 'Request'], ['clock', 'Clock'], ['documents', 'Documents'], ['redact', 'Redact'], ['pack', 'Pack'], ['history', 'History']]

export interface Route {
  place: Place
  request?: number
  tab?: Tab
  document?: number | null
  page?: number | null
  /** Opens the page beside what becomes of it. */
  side?: boolean
}

/** Something a person can do here, by hand, by key or from the palette. */
export interface Command {
  id: string
  title: string
  /** As written on the key cap: `Ctrl+K`. */
  key?: string
  group: string
  run: () => void
  /** Not offered in the palette: only its key is of use. */
  hidden?: boolean
}

export interface Toast {
  id: number
  text: string
  fault?: Fault
  action?: { label: string; run: () => void }
}

export class Session {
  status = $state<VaultStatus>()!
  route = $state<Route>({ place: 'today' })
  toasts = $state<Toast[]>([])
  savedAt = $state<string | null>(null)
  palette = $state(false)
  handbook = $state<string | null>(null)
  logging = $state(false)
  keysShown = $state(false)
  /** The part of the next screen that the way there is about. */
  seek = $state<'recovery' | null>(null)
  codes = $state.raw<CodeView[]>([])
  /** Grows when a list should be read again. */
  stale = $state(0)
  /** Proposals put aside in this session, by their place. */
  readonly aside = new SvelteSet<string>()
  private sets = new SvelteMap<number, () => Command[]>()
  private under_way = new Set<Promise<unknown>>()
  private back: Route[] = []
  private numbers = 0
  private timers = new Set<ReturnType<typeof setTimeout>>()

  constructor(
    readonly host: Host,
    status: VaultStatus,
    private readonly locked: () => void,
  ) {
    this.status = status
  }

  get commands(): Command[] {
    return [...this.sets.values()].flatMap((set) => set())
  }

  /** Asks the desk; a locked vault ends the session, other faults go on to the caller. */
  async ask<K extends Name>(name: K, input: Input<K>, options?: CallOptions): Promise<Output<K>> {
    const call = this.host.call(name, input, options)
    this.under_way.add(call)
    try {
      return await call
    } catch (thrown) {
      const fault = asFault(thrown)
      if (fault.code === 'locked') this.locked()
      throw fault
    } finally {
      this.under_way.delete(call)
    }
  }

  /** Asks the desk and shows a fault as a notice; undefined when it did not work. */
  async tell<K extends Name>(name: K, input: Input<K>, options?: CallOptions): Promise<Output<K> | undefined> {
    try {
      return await this.ask(name, input, options)
    } catch (thrown) {
      this.fault(asFault(thrown))
      return undefined
    }
  }

  fault(fault: Fault) {
    if (fault.code === 'locked' || fault.code === 'cancelled') return
    if (this.toasts.some((t) => t.fault?.what === fault.what)) return
    this.toasts.push({ id: ++this.numbers, text: fault.what, fault })
  }
  toast(text: string, action?: Toast['action']) {
    const id = ++this.numbers
    // One notice at a time: an older one would cover the work, and its Undo would take back something newer.
    this.toasts = [...this.toasts.filter((t) => t.fault), { id, text, action }]
    const timer = setTimeout(() => this.dismiss(id), action ? 9000 : 5000)
    this.timers.add(timer)
  }
  dismiss(id: number) {
    this.toasts = this.toasts.filter((t) => t.id !== id)
  }
  saved() {
    this.savedAt = clockTime(new Date())
    this.toasts = this.toasts.filter((t) => !t.action)
  }

  /** Shows the window as this vault keeps it. */
  async dress() {
    const kept = await this.tell('preferences', {})
    if (kept) wear(kept)
  }
  /** Changes how the window looks, and keeps it in the vault. */
  async like(to: Partial<Preferences>) {
    wear({ ...looks, ...to })
    if (await this.tell('preferences_save', { theme: looks.theme, text: looks.text })) this.saved()
  }

  go(route: Route) {
    // Leaving a field saves it, also when a key takes us away.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    this.back.push($state.snapshot(this.route))
    if (this.back.length > 50) this.back.shift()
    this.route = route
    this.palette = false
    // The keyboard goes on from the new screen, unless the screen has chosen its own place.
    const timer = setTimeout(() => {
      const at = document.activeElement
      if (at === document.body || at === null) (document.getElementById('panel') ?? document.getElementById('content'))?.focus({ preventScroll: true })
    })
    this.timers.add(timer)
  }
  goBack() {
    const to = this.back.pop()
    if (to) this.route = to
  }

  /** Offers commands while the caller is on the screen. Answers with the way to take them back. */
  offer(set: () => Command[]): () => void {
    const id = ++this.numbers
    this.sets.set(id, set)
    return () => this.sets.delete(id)
  }

  async lock() {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    // What leaving the field began to save comes home before the desk hears of the lock; nothing holds it up for long.
    await Promise.race([Promise.allSettled(this.under_way), new Promise((done) => setTimeout(done, 600))])
    await this.tell('vault_lock', {})
    this.locked()
  }

  end() {
    for (const timer of this.timers) clearTimeout(timer)
    this.toasts = []
    this.sets.clear()
  }
}

const KEY = Symbol('session')
export const setSession = (session: Session) => setContext(KEY, session)
export const useSession = () => getContext<Session>(KEY)
