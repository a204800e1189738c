import globals from 'globals'
import svelte from 'eslint-plugin-svelte'
import ts from 'typescript-eslint'
import svelteConfig from './svelte.config.js'

/** Markup is only ever made by templates: text from documents and from the desk stays text. */
const noMarkupFromStrings = [
  'error',
  { selector: "MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML)$/]", message: 'Make markup in a template.' },
  { selector: "MemberExpression[object.name=/^(localStorage|sessionStorage|indexedDB)$/]", message: 'The window keeps nothing on disk.' },
  { selector: "Identifier[name=/^(localStorage|sessionStorage|indexedDB)$/]", message: 'The window keeps nothing on disk.' },
]

export default ts.config(
  { ignores: ['dist/', 'node_modules/', 'src/backend/wire.gen.ts'] },
  ...ts.configs.recommended,
  ...svelte.configs['flat/recommended'],
  { languageOptions: { globals: globals.browser } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
  },
  {
    rules: {
      'svelte/no-at-html-tags': 'error',
      'svelte/require-each-key': 'error',
      // A string in braces keeps a space that the template would trim.
      'svelte/no-useless-mustaches': 'off',
      // Plain maps and sets here are caches and look-ups made afresh; what is shown stands in $state.
      'svelte/prefer-svelte-reactivity': 'off',
      'no-restricted-syntax': noMarkupFromStrings,
      '@typescript-eslint/no-explicit-any': 'error',
    },
  },
  {
    files: ['src/**/*.ts', 'src/**/*.svelte'],
    ignores: ['src/backend/tauri.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [{ group: ['@tauri-apps/*'], message: 'Only backend/tauri.ts talks to Tauri.' }] }],
    },
  },
)
