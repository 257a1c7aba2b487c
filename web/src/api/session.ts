import type { User } from '@stratora/contract';
import { SIGNED_IN_COOKIE } from '@stratora/contract/session-cookie';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { ApiError, request } from './client.ts';

export type SessionState =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'must_change_password'; readonly user: User | undefined }
  | { readonly kind: 'user'; readonly user: User };

function toState(answer: User | { user: User }): SessionState {
  const user = 'user' in answer ? answer.user : answer;
  return user.must_change_password ? { kind: 'must_change_password', user } : { kind: 'user', user };
}

async function fetchSession(signal: AbortSignal): Promise<SessionState> {
  if (!document.cookie.includes(`${SIGNED_IN_COOKIE}=`)) return { kind: 'anonymous' };
  try {
    return toState(await request<User | { user: User }>('/auth/me', { signal }));
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return { kind: 'anonymous' };
    if (error instanceof ApiError && error.code === 'password_change_required') {
      return { kind: 'must_change_password', user: undefined };
    }
    throw error;
  }
}

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => fetchSession(signal),
  staleTime: 60_000,
});

export function useSession() {
  return useQuery(sessionQuery);
}

/** The user whom the gate let in. A context, so that no part behind the gate sees the session end before the gate does. */
export const UserContext = createContext<User | undefined>(undefined);

/** The user who is logged in. Only for pages behind the login. */
export function useUser(): User {
  const user = useContext(UserContext);
  if (user === undefined) throw new Error('this page needs a session');
  return user;
}

export function useLogin() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { username: string; password: string }) =>
      request<{ user: User }>('/auth/login', { method: 'POST', body }),
    onSuccess: (answer) => client.setQueryData(sessionQuery.queryKey, toState(answer)),
  });
}

export function useChangePassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { current_password: string; new_password: string }) =>
      request<unknown>('/auth/change-password', { method: 'POST', body }),
    onSuccess: () => client.invalidateQueries({ queryKey: sessionQuery.queryKey }),
  });
}

export function useLogout() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => request<unknown>('/auth/logout', { method: 'POST' }),
    onSettled: () => {
      client.setQueryData(sessionQuery.queryKey, { kind: 'anonymous' });
      // Nothing of one user may be seen by the next.
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionQuery.queryKey[0] });
    },
  });
}
