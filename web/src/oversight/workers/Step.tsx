/** A step by the name that the diagrams give it, with its topic below for whoever looks it up there. */
export function Step({ topic, name }: { topic: string; name?: string | null }) {
  return <>{name ?? '流程中没有的步骤'}<div className="quiet"><code>{topic}</code></div></>
}
