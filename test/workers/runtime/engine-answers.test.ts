import { expect } from 'chai'
import { judge, wordsOf } from '../../../workers/runtime/engine-answers.ts'

const answer = (status: number, body: unknown, type = 'application/json') =>
  ({ status, headers: { 'content-type': type }, text: typeof body === 'string' ? body : JSON.stringify(body) })

describe('answers of the engine', () => {
  const cases: [string, ReturnType<typeof answer>, string][] = [
    ['204', answer(204, ''), 'ok'],
    ['an optimistic lock', answer(500, { type: 'OptimisticLockingException', message: 'ENGINE-03005', code: 1 }), 'collision'],
    ['an optimistic lock told as RestException', answer(500, { type: 'RestException', message: 'ENGINE-03005', code: 1 }), 'collision'],
    ['a database deadlock', answer(500, { type: 'ProcessEnginePersistenceException', message: '', code: 10000 }), 'collision'],
    ['a deadlock without its code', answer(500, { type: 'ProcessEnginePersistenceException', code: 0 }), 'collision'],
    ['a parent deleted meanwhile', answer(500, { type: 'ProcessEngineException', message: 'ENGINE-03077 Cannot', code: 0 }), 'collision'],
    ['a charset behind the type', answer(500, { code: 1 }, 'application/json;charset=UTF-8'), 'collision'],
    ['a task that is not there', answer(404, { type: 'RestException', message: 'does not exist', code: 0 }), 'gone'],
    ['a foreign lock', answer(400, { message: 'External Task x cannot be completed by worker \'a\'. It is locked by worker \'b\'.' }), 'foreign'],
    ['a foreign lock of old wording', answer(500, { message: 'cannot be completed by worker \'a\'' }), 'foreign'],
    ['a wrong password', answer(401, '<html>', 'text/html'), 'denied'],
    ['a proxy in between', answer(502, '<html>', 'text/html'), 'unavailable'],
    ['a broken expression or database', answer(500, { message: 'Unknown property used in expression', code: 0 }), 'failing'],
    ['an uncaught BPMN error', answer(500, { message: 'ENGINE-13033 Propagation of bpmn error X failed.', code: 0 }), 'refused'],
    ['a bad variable', answer(400, { type: 'InvalidRequestException', message: 'Cannot convert' }), 'refused']
  ]
  for (const [title, given, verdict] of cases) {
    it(`${title}: ${verdict}`, () => expect(judge(given)).to.equal(verdict))
  }

  it('keeps the engine\'s words short', () => {
    expect(wordsOf(answer(500, { message: 'x'.repeat(1000) }))).to.have.length(300)
    expect(wordsOf(answer(502, 'bad', 'text/html'))).to.equal('502')
  })
})
