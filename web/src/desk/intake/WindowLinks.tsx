import { Link } from 'react-router'

/** The pages of a counter, beside the list of tasks. */
export function WindowLinks() {
  return (
    <nav aria-label="窗口" className="window-links">
      <Link to="/intake" className="desk-account">收件</Link>
      <Link to="/waiting" className="desk-account">现场等候</Link>
      <Link to="/?queue=pickup" className="desk-account">窗口出件</Link>
    </nav>
  )
}
