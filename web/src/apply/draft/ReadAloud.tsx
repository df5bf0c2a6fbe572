import { useEffect, useState } from 'react'

/** Reads a text aloud by the voice of the device; where it has none there is no button. */
export function ReadAloud({ text }: { text: string }) {
  const [isReading, setReading] = useState(false)
  useEffect(() => () => globalThis.speechSynthesis?.cancel(), [])
  if (!('speechSynthesis' in globalThis)) return null
  const toggle = (): void => {
    speechSynthesis.cancel()
    setReading(!isReading)
    if (isReading) return
    const speech = new SpeechSynthesisUtterance(text)
    speech.lang = 'zh-CN'
    speech.rate = 0.9
    speech.onend = () => setReading(false)
    speech.onerror = () => setReading(false)
    speechSynthesis.speak(speech)
  }
  return <p><button type="button" className="quiet" onClick={toggle}>{isReading ? '停止朗读' : '朗读须知'}</button></p>
}
