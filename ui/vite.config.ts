import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

export default defineConfig(({ mode }) => ({
  plugins: [svelte()],
  base: './',
  // The window is WebKitGTK 2.40 (Safari 16.4) on Linux and WebView2 on Windows.
  build: { target: ['safari16.4', 'chrome110'], assetsInlineLimit: 0, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 900 },
  server: { port: 1420, strictPort: true, fs: { allow: ['..'] } },
  // Components are tested as the browser runs them.
  resolve: mode === 'test' ? { conditions: ['browser'] } : {},
  test: { environment: 'jsdom', include: ['src/**/*.test.ts'], setupFiles: ['src/test-setup.ts'], testTimeout: 20_000 },
}))
