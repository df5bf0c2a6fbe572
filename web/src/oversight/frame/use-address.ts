import { useSearchParams } from 'react-router'

/** Choices that live in the address, so that a page can be returned to and sent to a colleague. */
export function useAddress<T extends object>(names: readonly (keyof T & string)[]): [Partial<T>, (change: Partial<T>) => void] {
  const [params, setParams] = useSearchParams()
  const values = Object.fromEntries(names.flatMap(name => (params.get(name) ? [[name, params.get(name)]] : []))) as Partial<T>
  const change = (next: Partial<T>): void => {
    const set = Object.entries({ ...values, ...next }).filter(([, value]) => value !== undefined)
    setParams(Object.fromEntries(set) as Record<string, string>, { replace: true })
  }
  return [values, change]
}
