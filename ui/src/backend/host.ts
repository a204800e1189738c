/**
 * What the window asks of the place it runs in.
 *
 * Everything the window knows comes through here; `tauri.ts` answers in the application, `fake.ts` in tests.
 */
import type { Calls, Fault, Progress } from './wire.gen'

export type Name = keyof Calls
export type Input<K extends Name> = Calls[K]['input']
export type Output<K extends Name> = Calls[K]['output']

export interface CallOptions {
  /** Hears how far long work has come. */
  progress?: (progress: Progress) => void
  /** Asks the desk to stop; the call then rejects with a fault of code `cancelled`. */
  signal?: AbortSignal
}

export interface Host {
  /** Carries one call to the desk. Rejects with a `Fault` and nothing else. */
  call<K extends Name>(name: K, input: Input<K>, options?: CallOptions): Promise<Output<K>>
  /** Somebody is at the keyboard: the idle clock starts again. */
  touch(): void
  /** Called when the vault locked itself, or the system went to sleep. Answers with the way to stop listening. */
  onLocked(callback: () => void): () => void
  /** Opens the system's print dialog on what is on the screen. */
  print(): void
}

/** Whether a thrown value is a fault from the desk. */
export function isFault(thrown: unknown): thrown is Fault {
  return typeof thrown === 'object' && thrown !== null && 'what' in thrown && 'safe' in thrown && 'next' in thrown
}

/** Makes a fault of whatever was thrown; the window never shows a raw error text. */
export function asFault(thrown: unknown): Fault {
  if (isFault(thrown)) return thrown
  return {
    what: 'Guardbook could not finish that.',
    safe: 'Everything saved before is safe in the vault.',
    next: 'Try it again. If it comes back, lock the vault and start Guardbook again.',
    code: null,
    field: null,
  }
}
