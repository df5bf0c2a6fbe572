import { expect } from 'chai'
import { readOpenApi } from '../../server/openapi.ts'
import { fieldProblems } from '../../server/problem-fields.ts'

interface Node { readonly [key: string]: Node | string | undefined }

const document = readOpenApi() as unknown as Node
const follow = (node: Node): Node => typeof node.$ref === 'string'
  ? node.$ref.slice(2).split('/').reduce((found, key) => found[key] as Node, document)
  : node
const values = (node: Node | undefined): Node[] => Object.values(node ?? {}) as Node[]

const PLACES: Readonly<Record<string, string>> = { query: 'query', header: 'headers', path: 'params' }

/** Where a request may have something: its parameters and the members of its body, down to the forms, which have titles. */
function pathsOf(path: string, item: Node): string[] {
  return Object.entries(item).filter(([method]) => /^(get|put|post|delete|patch)$/.test(method)).flatMap(([, found]) => {
    const operation = found as Node
    const parameters = [...values(item.parameters as Node), ...values(operation.parameters as Node)].map(follow)
    const body = operation.requestBody ? values(follow(operation.requestBody as Node).content as Node) : []
    return [
      ...parameters.map(one => `/${PLACES[one.in as string]}/${one.name as string}`),
      ...body.flatMap(({ schema }) => membersOf(schema as Node, '/body'))
    ].map(one => `${path} ${one}`)
  })
}

function membersOf(node: Node, path: string, seen: readonly unknown[] = []): string[] {
  if (node.$ref !== undefined && seen.includes(node.$ref)) return []
  const schema = follow(node)
  const inside = (one: Node, at: string): string[] => membersOf(one, at, [...seen, node.$ref])
  return [
    ...Object.entries((schema.properties ?? {}) as Node).flatMap(([name, one]) => [`${path}/${name}`, ...inside(one as Node, `${path}/${name}`)]),
    ...typeof schema.items === 'object' ? inside(schema.items, path) : [],
    ...['allOf', 'anyOf', 'oneOf'].flatMap(key => values(schema[key] as Node | undefined).flatMap(one => inside(one, path)))
  ]
}

describe('problem-fields', () => {
  const all = Object.entries(document.paths as Node).flatMap(([path, item]) => pathsOf(path, item as Node))

  it('calls each parameter and each member of a body by a Chinese name', () => {
    expect(all.length).to.be.greaterThan(300)
    const nameless = all.filter(one => /[A-Za-z]/.test(messageOf(one.split(' ')[1]!)))
    expect([...new Set(nameless)]).to.deep.equal([])
  })

  it('tells a name that means two things by its place', () => {
    expect(['/query/to', '/body/to'].map(messageOf)).to.deep.equal(['请填写截止日期', '请填写同事账号'])
  })

  const messageOf = (path: string): string => fieldProblems([{ path, message: 'x', errorCode: 'required.openapi.validation' }])[0]!.message
})
