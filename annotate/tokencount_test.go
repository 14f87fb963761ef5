package annotate_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	. "spanwright/annotate"
)

func TestOrdinalsCountTheTokensOneByOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(articles(), mixtures(), texts()).Draw(t, "text")
		count, err := CountTokens(context.Background(), text)
		require.NoError(t, err)
		b := NewBody(text)
		tokens := tokensOf(b)
		require.Equal(t, len(tokens), count.All())
		for i := 0; i < len(tokens); i += 1 + len(tokens)/50 {
			require.Equal(t, i+1, count.Ordinal(b, tokens[i]))
		}
	})
}

func TestCountingEndsWithItsContext(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	_, err := CountTokens(ctx, long("many words ", 100_000))
	require.ErrorIs(t, err, context.Canceled)
}
