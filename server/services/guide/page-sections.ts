/** The text under a heading of a page of the 办事指南; empty when there is none. */
export function sectionOf(markdown: string, heading: string): string {
  const [, ...sections] = `\n${markdown}`.split(/\n## /)
  return sections.find(text => text.split('\n', 1)[0]?.trim() === heading)?.split('\n').slice(1).join('\n').trim() ?? ''
}

/** The points of a list under a heading, numbered or not. */
export function pointsOf(markdown: string, heading: string): string[] {
  return sectionOf(markdown, heading).split('\n').flatMap(line => /^(?:-|\d+\.)\s+(.+)$/.exec(line)?.[1] ?? [])
}

/** The sentences under a heading, without the clause in brackets at their end. */
export function sentenceOf(markdown: string, heading: string): string {
  return sectionOf(markdown, heading).replace(/（附件[^（）]*(?:（[^（）]*）)*）。?$/, '').replace(/([^。])$/, '$1。')
}
