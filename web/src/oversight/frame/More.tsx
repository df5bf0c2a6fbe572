import { Button } from 'antd'

interface Pages {
  readonly hasNextPage: boolean
  readonly isFetchingNextPage: boolean
  readonly fetchNextPage: () => Promise<unknown>
}

/** Fetches the next page of a list, as long as there is one. */
export function More({ pages }: { pages: Pages }) {
  if (!pages.hasNextPage) return null
  return <Button block loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>显示更多</Button>
}
