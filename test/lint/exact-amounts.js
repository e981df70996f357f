/**
 * Money is a bigint and a rate is a decimal. This rule knows their types and refuses every way in which one of them
 * becomes a number, or a number that may have gone through a float becomes one of them.
 */
const ts = require('typescript');

const TO_NUMBER = new Set(['Number', 'parseFloat', 'parseInt']);
const TO_AMOUNT = new Set(['Decimal', 'BigInt']);
const DECIMAL_METHODS = new Set(['plus', 'add', 'minus', 'sub', 'times', 'mul', 'dividedBy', 'div', 'pow']);

module.exports = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      toNumber: 'A float cannot hold an amount. Keep it a Money or a Rate, and write it out as decimal text.',
      fromFloat: 'This number may have gone through a float. Read amounts from decimal text.',
    },
  },
  create(context) {
    const services = context.sourceCode.parserServices;
    const typeOf = (node) => services.getTypeAtLocation(node);
    const isAmount = (node) => typeParts(typeOf(node)).some((type) => isBigInt(type) || isDecimal(type));
    const isFraction = (node) => {
      if (node.type === 'Literal') return typeof node.value === 'number' && !Number.isInteger(node.value);
      if (node.type !== 'BinaryExpression' && node.type !== 'UnaryExpression') return false;
      const isNumber = typeParts(typeOf(node)).some((type) => (type.flags & ts.TypeFlags.NumberLike) !== 0);
      return isNumber && (node.operator === '/' || parts(node).some(isFraction));
    };
    return {
      CallExpression(node) {
        const [first] = node.arguments;
        const name = node.callee.type === 'Identifier' ? node.callee.name : null;
        if (first && TO_NUMBER.has(name) && isAmount(first)) context.report({ node, messageId: 'toNumber' });
        if (first && name === 'BigInt' && isFraction(first)) context.report({ node, messageId: 'fromFloat' });
        if (node.callee.type !== 'MemberExpression') return;
        const { object, property } = node.callee;
        if (property.name === 'toNumber' && isAmount(object)) context.report({ node, messageId: 'toNumber' });
        if (object.name === 'Math' && node.arguments.some(isAmount))
          context.report({ node, messageId: 'toNumber' });
        if (DECIMAL_METHODS.has(property.name) && first && isAmount(object) && isFraction(first))
          context.report({ node, messageId: 'fromFloat' });
      },
      NewExpression(node) {
        const [first] = node.arguments;
        if (first && TO_AMOUNT.has(node.callee.name) && isFraction(first))
          context.report({ node, messageId: 'fromFloat' });
      },
      UnaryExpression(node) {
        if (node.operator === '+' && isAmount(node.argument)) context.report({ node, messageId: 'toNumber' });
      },
    };
  },
};

function parts(node) {
  return node.type === 'BinaryExpression' ? [node.left, node.right] : [node.argument];
}

function typeParts(type) {
  return type.isUnion() ? type.types : [type];
}

function isBigInt(type) {
  return (type.flags & ts.TypeFlags.BigIntLike) !== 0;
}

function isDecimal(type) {
  return type.getSymbol()?.getName() === 'Decimal';
}
