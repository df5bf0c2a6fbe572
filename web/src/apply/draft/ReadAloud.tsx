import { useEffect, useState, useSyncExternalStore } from 'react'

/** A voice that has not begun by then will not: some devices neither speak nor complain. */
const PATIENCE_MS = 4000

/** Reads texts aloud, one after the other, by the device's Chinese voice; where it has none, says so and what to do instead. */
export function ReadAloud({ texts }: { texts: readonly string[] }) {
  const [isReading, setReading] = useState(false)
  const [isSilent, setSilent] = useState(false)
  const canSpeak = useSyncExternalStore(onVoices, mayHaveChinese)
  useEffect(() => () => globalThis.speechSynthesis?.cancel(), [])
  if (!canSpeak || isSilent) {
    return <p className="hint" role="status">这台设备没有中文语音，不能朗读。可以请家人读给您听，或拨打12345咨询。</p>
  }
  const toggle = (): void => {
    speechSynthesis.cancel()
    setReading(!isReading)
    if (isReading) return
    speak(texts, hasSpoken => {
      setReading(false)
      if (!hasSpoken) setSilent(true)
    })
  }
  return <p><button type="button" className="quiet" onClick={toggle}>{isReading ? '停止朗读' : '朗读须知'}</button></p>
}

/** Devices load their voices a moment after the page; an empty list may still grow, and some speak without showing any. */
function mayHaveChinese(): boolean {
  const voices = globalThis.speechSynthesis?.getVoices()
  return voices !== undefined && (voices.length === 0 || chineseOf(voices) !== undefined)
}

function onVoices(listener: () => void): () => void {
  globalThis.speechSynthesis?.addEventListener('voiceschanged', listener)
  return () => globalThis.speechSynthesis?.removeEventListener('voiceschanged', listener)
}

/** The voice of the mainland before one of another place. */
function chineseOf(voices: readonly SpeechSynthesisVoice[]): SpeechSynthesisVoice | undefined {
  return voices.find(({ lang }) => /^(zh|cmn)[-_](Hans[-_])?CN/i.test(lang)) ?? voices.find(({ lang }) => /^(zh|cmn)/i.test(lang))
}

/** Each text is an utterance of its own, since browsers break long ones off. `onEnd` hears whether anything was spoken. */
function speak(texts: readonly string[], onEnd: (hasSpoken: boolean) => void): void {
  const voice = chineseOf(speechSynthesis.getVoices()) ?? null
  let hasSpoken = false
  const patience = setTimeout(() => { if (!hasSpoken) onEnd(false) }, PATIENCE_MS)
  const end = (): void => {
    clearTimeout(patience)
    onEnd(hasSpoken)
  }
  for (const [index, text] of texts.entries()) {
    const speech = Object.assign(new SpeechSynthesisUtterance(text), { lang: 'zh-CN', rate: 0.9, voice })
    speech.onstart = () => { hasSpoken = true }
    if (index === texts.length - 1) speech.onend = end
    speech.onerror = ({ error }) => {
      clearTimeout(patience)
      // Somebody stopped it: whoever did so knows.
      if (error !== 'canceled' && error !== 'interrupted') end()
    }
    speechSynthesis.speak(speech)
  }
}
