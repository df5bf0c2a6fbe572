import { useState } from 'react'
import type { Dispatch, SetStateAction } from 'react'

/** A state that belongs to `key`: with another key it begins anew. */
export function useAnew<T>(key: string, initial: T): [T, Dispatch<SetStateAction<T>>] {
  const [state, setState] = useState(initial)
  const [known, setKnown] = useState(key)
  if (key !== known) {
    setKnown(key)
    setState(initial)
  }
  return [key === known ? state : initial, setState]
}
