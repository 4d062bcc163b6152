import '@ionic/vue/css/core.css';
import '@ionic/vue/css/structure.css';
import './theme/tokens.css';
import './theme/ionic.css';
import './theme/dark.css';
import './theme/paper.css';
import './theme/cards.css';
import './theme/frame.css';
import './theme/forms.css';
import './theme/keys.css';
import './theme/verdict.css';
import './theme/rooms.css';
import './theme/tiles.css';
import './theme/alarm.css';
import './theme/alarm-wide.css';
import './theme/print.css';
import { IonicVue } from '@ionic/vue';
import { MutationCache, QueryCache, VueQueryPlugin } from '@tanstack/vue-query';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { asRefusal } from './hub/client.ts';
import { useSession } from './hub/session.ts';
import { router } from './router.ts';
import { usePrefs } from './settings/prefs.ts';
import { i18n, speak } from './text/i18n.ts';

/** Any call can be the first to hear that the session was ended. */
const onError = (failure: unknown): void => {
  if (asRefusal(failure).code === 'no-session') void useSession().check();
};

const app = createApp(App)
  .use(IonicVue, { animated: false, mode: 'md', focusManagerPriority: ['heading', 'content'] })
  .use(createPinia())
  .use(VueQueryPlugin, {
    queryClientConfig: {
      queryCache: new QueryCache({ onError }),
      mutationCache: new MutationCache({ onError }),
      defaultOptions: { mutations: { networkMode: 'always' } },
    },
  })
  .use(i18n)
  .use(router);

await speak(usePrefs().language);
await router.isReady();
app.mount('#app');
