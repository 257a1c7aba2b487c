import { usePreference } from '../ui/state/preference.ts';

/** Two short tones: heard in a room, and over soon. */
const TONES_HZ = [880, 660] as const;
const TONE_SECONDS = 0.16;
const LOUDNESS = 0.12;

/** Whether this browser sounds for a new critical alert; off until somebody wants it. */
export function useAlertSound(): readonly [boolean, (on: boolean) => void] {
  return usePreference('alerts.sound', false);
}

let context: AudioContext | undefined;

/** Plays the sound. A browser that nobody has touched yet stays silent, as it will for any page. */
export function playAlertSound(): void {
  context ??= new AudioContext();
  const audio = context;
  // Without a gesture the promise stays pending; a later gesture makes the next sound heard.
  void audio.resume().then(() => sound(audio));
}

function sound(audio: AudioContext): void {
  TONES_HZ.forEach((frequency, index) => {
    const from = audio.currentTime + index * TONE_SECONDS;
    const tone = audio.createOscillator();
    const gain = audio.createGain();
    tone.frequency.value = frequency;
    gain.gain.setValueAtTime(0, from);
    gain.gain.linearRampToValueAtTime(LOUDNESS, from + 0.01);
    gain.gain.linearRampToValueAtTime(0, from + TONE_SECONDS);
    tone.connect(gain).connect(audio.destination);
    tone.start(from);
    tone.stop(from + TONE_SECONDS);
  });
}
