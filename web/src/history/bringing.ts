import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { asRefusal, type HubRefusal } from '../hub/client.ts';
import { bringFile, type Upload } from '../hub/upload.ts';

/** Leaving the page of the app ends the upload: the browser asks first. */
const askFirst = (event: BeforeUnloadEvent): void => event.preventDefault();

/** The one file that this screen brings. It goes on while a person looks at other pages of the app. */
export const useBringing = defineStore('bringing', () => {
  const upload = shallowRef<Upload | null>(null);
  const fileName = ref('');
  const sent = ref(0);
  const total = ref(0);
  const failure = shallowRef<HubRefusal | null>(null);
  /** Files that arrived whole. */
  const arrived = ref(0);

  const share = computed(() => (total.value === 0 ? 0 : Math.min(1, sent.value / total.value)));
  const isUnderWay = computed(() => upload.value !== null);

  const bring = async (file: File): Promise<void> => {
    if (upload.value !== null) return;
    failure.value = null;
    fileName.value = file.name;
    sent.value = 0;
    total.value = file.size;
    addEventListener('beforeunload', askFirst);
    const mine = bringFile(file, (bytes) => {
      sent.value = bytes;
    });
    upload.value = mine;
    try {
      await mine.arrived;
      arrived.value += 1;
    } catch (reason) {
      // one that was stopped by hand is no failure
      if (upload.value === mine) failure.value = asRefusal(reason);
    } finally {
      if (upload.value === mine) upload.value = null;
      removeEventListener('beforeunload', askFirst);
    }
  };
  const stop = (): void => {
    const mine = upload.value;
    upload.value = null;
    mine?.stop();
  };

  return { isUnderWay, fileName, sent, total, share, failure, arrived, bring, stop };
});
