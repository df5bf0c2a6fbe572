/** A share of the longest as a bar; the number beside it says the same. */
export function Length({ share }: { share: number }) {
  return (
    <svg className="bar" width={120} height={12} viewBox="0 0 120 12" aria-hidden="true">
      <rect className="fill-length" width={share * 120} height={12} />
    </svg>
  )
}
