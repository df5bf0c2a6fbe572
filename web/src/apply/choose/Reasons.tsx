interface Reason {
  readonly message: string
  readonly clause: string | null
}

/** Why, and by which clause of the notice. */
export function Reasons({ reasons }: { reasons: readonly Reason[] }) {
  if (reasons.length === 0) return null
  return (
    <ul className="reasons">
      {reasons.map(({ message, clause }) => (
        <li key={message}>{message}{clause && <details><summary>依据</summary>{clause}</details>}</li>
      ))}
    </ul>
  )
}
