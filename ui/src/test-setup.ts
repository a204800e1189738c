import { cleanup } from '@testing-library/svelte'
import { afterEach } from 'vitest'

// jsdom draws nothing: what only drawing needs is stood in for here.
URL.createObjectURL = () => 'blob:test'
URL.revokeObjectURL = () => undefined
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
}
afterEach(() => cleanup())
