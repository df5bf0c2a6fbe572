import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'

/** Rooms that serve every region alike. Their own region folders, tests and documents are not among them. */
const ROOMS = ['core', 'server', 'migrations', 'workers/runtime', 'workers/common', 'departments', 'web', 'scripts']
/** A measurement that is bound to one model. */
const EXCEPT = /^scripts\/(bench\/.*|lighthouse\.ts)$/
const TEXT = /\.(ts|tsx|mjs|js|json|yaml|html|css|txt|bpmn|dmn)$/

const isPresent = (room: string): boolean => readdirSync(join(room, '..')).includes(room.split('/').at(-1)!)
const slugs = readdirSync('regions')

/** Every file of the rooms, by its path. */
function files(): string[] {
  return ROOMS.filter(isPresent)
    .flatMap(room => readdirSync(room, { recursive: true, encoding: 'utf8' }).map(name => join(room, name)))
    .filter(file => TEXT.test(file) && !EXCEPT.test(file) && !/node_modules|\/dist\//.test(file))
}

describe('a region', () => {
  it('is named nowhere outside its own folders', () => {
    const searched = files()
    expect(searched).to.include.members(['server/app.ts', 'workers/runtime/main.ts', 'departments/identity/clients.ts', 'scripts/demo.ts'])
    const named = searched.flatMap(file => {
      const text = readFileSync(file, 'utf8')
      return slugs.filter(slug => text.includes(slug)).map(slug => `${file}: ${slug}`)
    })
    expect(named).to.deep.equal([])
  })
})
