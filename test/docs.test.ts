import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect } from 'chai'
import { generate } from '../scripts/generate.ts'
import { GUIDE_PICTURES } from '../scripts/screenshots/guides.ts'

const pages = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md',
  ...readdirSync('docs').filter(file => file.endsWith('.md')).map(file => join('docs', file)),
  ...readdirSync('docs/guides').filter(file => file.endsWith('.md')).map(file => join('docs/guides', file)),
  ...readdirSync('docs/adr').map(file => join('docs/adr', file)), 'docker/README.md']

describe('the documents', () => {
  it('that are made from code say what the code says', function () {
    this.timeout(60_000)
    expect(generate(true), 'run npm run generate').to.deep.equal([])
  })

  it('lead nowhere that does not exist', () => {
    const broken = pages.flatMap(page => [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)]
      .map(match => join(dirname(page), match[1]!)).filter(target => !existsSync(target)).map(target => `${page} → ${target}`))
    expect(broken).to.deep.equal([])
  })

  it('show in the guides the pictures that the walks make, each used and small', () => {
    const folder = 'docs/images/guides'
    const made = GUIDE_PICTURES.map(([name]) => `${name}.png`).sort()
    expect(readdirSync(folder).sort()).to.deep.equal(made)
    const guides = readdirSync('docs/guides').map(file => readFileSync(join('docs/guides', file), 'utf8')).join('\n')
    for (const name of made) {
      expect(guides, name).to.contain(`../images/guides/${name}`)
      expect(statSync(join(folder, name)).size, name).to.be.lessThan(100_000)
    }
  })

  it('promise no command without its script', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }
    const files = Object.values(scripts).flatMap(command => /scripts\/[\w./-]+/.exec(command)?.[0] ?? [])
    expect(files).to.include('scripts/deploy.ts')
    expect(files.filter(file => !existsSync(file))).to.deep.equal([])
  })

  it('list every matter of every region in the README', () => {
    const readme = readFileSync('README.md', 'utf8')
    for (const region of readdirSync('regions')) {
      const { matters } = JSON.parse(readFileSync(join('regions', region, 'region.json'), 'utf8')) as { matters: { slug: string; title: string }[] }
      for (const { slug, title } of matters) {
        expect(readme, slug).to.contain(`\`${slug}\``)
        expect(readme, title).to.contain(title)
      }
    }
  })

  it('number each decision once', () => {
    const numbers = readdirSync('docs/adr').map(file => file.slice(0, 4))
    expect(new Set(numbers).size).to.equal(numbers.length)
  })

  it('give each decision a title, a status, a decision, a context and consequences', () => {
    for (const file of readdirSync('docs/adr')) {
      const text = readFileSync(join('docs/adr', file), 'utf8')
      for (const part of ['# ', '**Status**', '**Decision**', '**Context**', '**Consequences**']) expect(text, file).to.contain(part)
    }
  })
})
