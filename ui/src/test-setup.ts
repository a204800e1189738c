import { cleanup, configure } from '@testing-library/svelte'
import { afterEach } from 'vitest'

// jsdom draws nothing: what only drawing needs is stood in for here.
URL.createObjectURL = () => 'blob:test'
URL.revokeObjectURL = () => undefined
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
}
// A busy machine is slow to draw; nothing here measures time.
configure({ asyncUtilTimeout: 5000 })
afterEach(() => cleanup())
