import { Alert, Button, Code, CopyButton, Group, Modal, Stack } from '@mantine/core';

/** Shows a secret this once. */
export function SecretModal({
  secret,
  onClose,
}: {
  readonly secret: string | null;
  readonly onClose: () => void;
}) {
  return (
    <Modal
      opened={secret !== null}
      onClose={onClose}
      title="The key's secret"
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack>
        <Alert color="orange">Copy it now. It is shown this once and kept nowhere.</Alert>
        <Code block data-testid="secret">
          {secret}
        </Code>
        <Group justify="flex-end">
          <CopyButton value={secret ?? ''}>
            {({ copied, copy }) => (
              <Button variant={copied ? 'light' : 'filled'} onClick={copy}>
                {copied ? 'Copied' : 'Copy'}
              </Button>
            )}
          </CopyButton>
          <Button variant="default" onClick={onClose}>
            Done
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
