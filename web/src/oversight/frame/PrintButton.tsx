import { Button } from 'antd'

/** Prints the page as it stands: the style sheet leaves out what is no part of the paper. */
export function PrintButton() {
  return <Button onClick={() => window.print()}>打印</Button>
}
