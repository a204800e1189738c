import { mount } from 'svelte'
import './styles/base.css'
import App from './App.svelte'
import type { Host } from './backend/host'
import { followTheme } from './state/theme.svelte'

async function host(): Promise<Host> {
  if ('__TAURI_INTERNALS__' in window) return (await import('./backend/tauri')).tauriHost()
  if (import.meta.env.MODE !== 'production') return (await import('./backend/fake-start')).fakeHost()
  throw new Error('Guardbook runs in its own window.')
}

followTheme()
const target = document.getElementById('app')
if (target) {
  host().then(
    (found) => mount(App, { target, props: { host: found } }),
    () => (target.textContent = 'Open Guardbook from its own icon: this page is its window and does nothing in a browser.'),
  )
}
