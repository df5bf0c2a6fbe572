import { useEffect, useState } from 'react'

/** An address of the bytes for as long as they are shown. */
export function useAddress(blob: Blob | undefined): string | undefined {
  const [address, setAddress] = useState<string>()
  useEffect(() => {
    if (!blob) return
    const made = URL.createObjectURL(blob)
    // eslint-disable-next-line react-hooks/set-state-in-effect -- the address is made and taken back with the effect
    setAddress(made)
    return () => URL.revokeObjectURL(made)
  }, [blob])
  return address
}
