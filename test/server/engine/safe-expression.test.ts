import { expect } from 'chai'
import { isSafeExpression } from '../../../server/engine/safe-expression.ts'

describe('expressions that may go to the engine', () => {
  for (const text of [
    '${selA}', '${!isOpen}', "${route == 'auto'}", '${conflictCount > 0}', '${rowA && !selA}', "${(a == 'x' || b) && !c}",
    '${decisionResult.size()}', '${decisionResult.getSingleResult().ruleId}', "${'archive'}", '${ promisedAt }'
  ]) it(`allows ${text}`, () => expect(isSafeExpression(text)).to.equal(true))

  for (const text of [
    '${a.b}', '${a()}', "${a['b']}", '${execution}', '${task}', '${decisionResult.getClass()}', '${decisionResult}', '${a + 1}', '${}', '${a b}',
    '${a &&}', '${a == b == c}', '${(a}', '${a}${b}', 'x${a}', '#{a}', '${a ? b : c}', '${empty a}', "${'a\\'b'}", '${{}}', '${a; b}',
    "${''.getClass().forName('x')}"
  ]) it(`refuses ${text}`, () => expect(isSafeExpression(text)).to.equal(false))
})
