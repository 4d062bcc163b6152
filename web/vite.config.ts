import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import { precompress } from './build/precompress.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Where `npm run dev` finds a running hub. */
const HUB = process.env.HOMEWARD_DEV_HUB ?? 'http://127.0.0.1:8080';

export default defineConfig({
  root: here,
  plugins: [vue({ template: { compilerOptions: { isCustomElement: () => false } } }), precompress()],
  define: {
    __VUE_OPTIONS_API__: true,
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  server: {
    proxy: {
      '/api': { target: HUB, changeOrigin: false },
      '/socket.io': { target: HUB, changeOrigin: false, ws: true },
    },
  },
  build: {
    outDir: `${here}dist`,
    emptyOutDir: true,
    target: 'es2022',
    // nothing inline: the page runs under script-src 'self'
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // Ionic's wrappers keep every component in the bundle unless they are called free of side effects
      treeshake: { moduleSideEffects: (id) => !/[\\/]@ionic[\\/](core|vue)[\\/].*\.js$/.test(id) },
    },
  },
});
