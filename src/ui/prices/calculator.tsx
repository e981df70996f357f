import { Button, Group, Paper, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useClient } from 'urql';
import { Facts, type Fact } from '../components/facts';
import { EstimateDocument } from '../generated/operations';
import { usd, words } from '../lib/format';

/** What a call would cost by the prices of now. */
export function Calculator() {
  const client = useClient();
  const [model, setModel] = useState('gpt-4o');
  const [input, setInput] = useState('1000');
  const [cached, setCached] = useState('0');
  const [output, setOutput] = useState('500');
  const [calls, setCalls] = useState('1');
  const [answer, setAnswer] = useState<readonly Fact[] | string | null>(null);
  const ask = async () => {
    const times = Number(calls);
    const usage = {
      inputText: Number(input) * times,
      inputCacheRead: Number(cached) * times,
      outputText: Number(output) * times,
    };
    const { data, error } = await client.query(EstimateDocument, { model, usage });
    const cost = data?.completionCost;
    if (!cost) setAnswer(error?.graphQLErrors[0]?.message ?? 'The server did not answer.');
    else if (cost.cost == null) setAnswer('This model has no price.');
    else
      setAnswer([
        ['Together', usd(cost.cost)],
        ['Input', usd(cost.breakdown?.input ?? '0')],
        ['From the cache', usd(cost.breakdown?.cacheRead ?? '0')],
        ['Output', usd(cost.breakdown?.output ?? '0')],
        ['Provider', cost.provider ?? ''],
        ['Price', cost.source ?? words(cost.status)],
      ]);
  };
  const number = (label: string, value: string, onChange: (text: string) => void) => (
    <TextInput
      label={label}
      inputMode="numeric"
      pattern="[0-9]+"
      required
      w={120}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
  return (
    <Paper withBorder p="md" maw={860}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void ask();
        }}
      >
        <Group align="end">
          <TextInput
            label="Model"
            required
            value={model}
            onChange={(event) => setModel(event.currentTarget.value)}
          />
          {number('Input tokens', input, setInput)}
          {number('Cached tokens', cached, setCached)}
          {number('Output tokens', output, setOutput)}
          {number('Calls', calls, setCalls)}
          <Button type="submit">Calculate</Button>
        </Group>
      </form>
      <div aria-live="polite" style={{ minHeight: 40, marginTop: 16 }}>
        {typeof answer === 'string' && <Text>{answer}</Text>}
        {answer !== null && typeof answer !== 'string' && <Facts title="Cost" facts={answer} />}
      </div>
    </Paper>
  );
}
