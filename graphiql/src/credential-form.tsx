import { useGraphiQLActions } from '@graphiql/react';
import { useState } from 'react';
import { credential, isRefused } from './fetcher.ts';

/** Where to enter a credential. It is shown when the server refused a request for the lack of one. */
export function CredentialForm() {
  const refused = isRefused.use();
  const held = credential.use() !== '';
  const { introspect } = useGraphiQLActions();
  const [text, setText] = useState('');
  if (!refused) return held ? <Held /> : null;
  return (
    <form
      className="halo-credential"
      onSubmit={(event) => {
        event.preventDefault();
        credential.set(text.trim());
        setText('');
        void introspect();
      }}
    >
      <label htmlFor="halo-credential">
        {held
          ? 'The server does not accept this API key or token.'
          : 'This server needs an API key or a token.'}
      </label>
      <input
        id="halo-credential"
        type="password"
        autoComplete="off"
        placeholder="API key or token"
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <button type="submit" disabled={text.trim() === ''}>
        Use
      </button>
      <p>
        It is sent with every request as <code>Authorization: Bearer …</code>, and a reload of this page
        forgets it. For a single tab, write <code>{'{"Authorization": "Bearer …"}'}</code> into Headers, below
        the query.
      </p>
    </form>
  );
}

function Held() {
  return (
    <p className="halo-held">
      Requests carry your credential.{' '}
      <button type="button" onClick={() => credential.set('')}>
        Forget it
      </button>
    </p>
  );
}
