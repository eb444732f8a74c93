import { useGraphiQL } from '@graphiql/react';
import { useEffect } from 'react';

/** On a phone the query's lines are wrapped, as those of the response are everywhere. */
export function useWrappedLines(): void {
  const editor = useGraphiQL(({ queryEditor }) => queryEditor);
  useEffect(() => {
    const phone = window.matchMedia('(max-width: 700px)');
    const adapt = () => editor?.updateOptions({ wordWrap: phone.matches ? 'on' : 'off' });
    adapt();
    phone.addEventListener('change', adapt);
    return () => phone.removeEventListener('change', adapt);
  }, [editor]);
}
