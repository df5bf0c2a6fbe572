interface Props {
  /** What the drawing shows; the table below it says the same in numbers. */
  readonly title: string
  readonly labels: readonly string[]
  /** One column a label for each; the class names the colour. */
  readonly columns: readonly Series[]
  readonly line: Series
}

export interface Series {
  readonly name: string
  readonly className: string
  readonly values: readonly number[]
}

const WIDTH = 960
const HEIGHT = 260
const LEFT = 48
const BOTTOM = 28
const TOP = 12
const STEPS = 4
/** So many labels fit below the columns. */
const MOST_LABELS = 12

/** Columns side by side and a line over them, drawn without a library; what is read stands in the table beside it. */
export function Columns({ title, labels, columns, line }: Props) {
  const most = niceCeiling(Math.max(1, ...line.values, ...columns.flatMap(({ values }) => values)))
  const slot = (WIDTH - LEFT) / labels.length
  const y = (value: number): number => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / most)
  const middle = (index: number): number => LEFT + slot * (index + 0.5)
  const width = slot * 0.7 / columns.length
  const every = Math.ceil(labels.length / MOST_LABELS)
  return (
    <figure className="chart" tabIndex={0} aria-label={title}>
      <figcaption className="legend">
        {[...columns, line].map(({ name, className }) => <span key={name}><i className={`swatch swatch-${className}`} aria-hidden="true" />{name}</span>)}
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={title}>
        {Array.from({ length: STEPS + 1 }, (_, step) => most / STEPS * step).map(value => (
          <g key={value}>
            <line className="grid" x1={LEFT} x2={WIDTH} y1={y(value)} y2={y(value)} />
            <text className="axis" x={LEFT - 8} y={y(value) + 4} textAnchor="end">{value}</text>
          </g>
        ))}
        {columns.map(({ name, className, values }, series) => values.map((value, index) => (
          <rect
            key={`${name}${labels[index]}`} className={`fill-${className}`} x={middle(index) + (series - columns.length / 2) * width} y={y(value)}
            width={width} height={HEIGHT - BOTTOM - y(value)}
          />
        )))}
        <polyline className={`stroke-${line.className}`} points={line.values.map((value, index) => `${middle(index)},${y(value)}`).join(' ')} />
        {labels.map((label, index) => (index % every === 0
          ? <text key={label} className="axis" x={middle(index)} y={HEIGHT - 8} textAnchor="middle">{label}</text> : null))}
      </svg>
    </figure>
  )
}

/** The next number that four steps divide into whole numbers that are easy to read. */
function niceCeiling(value: number): number {
  const size = 10 ** Math.floor(Math.log10(value))
  const round = [1, 2, 4, 6, 8, 10].map(step => step * size).find(step => step >= value) ?? value
  return Math.max(STEPS, Math.ceil(round / STEPS) * STEPS)
}
