package io.buildkitci.cacheservice.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.DefaultFileRegion;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.stream.ChunkedNioFile;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;

/**
 * One connection: a request, its body piece by piece, its answer, the next. While a piece is dealt with the next is read from
 * the network, and no more, so that a slow disk slows the sender down.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails is told by the channel, and the last write is listened to
final class Conversation extends ChannelInboundHandlerAdapter {
    private static final AttributeKey<Boolean> LAST = AttributeKey.valueOf("buildkit-ci-last");
    private static final AttributeKey<Boolean> BUSY = AttributeKey.valueOf("buildkit-ci-busy");
    private static final int TLS_CHUNK = 64 << 10;

    /** What is read from the network while the piece before it is dealt with. */
    private static final int AHEAD = 256 << 10;

    private final Router router;
    private final Consumer<Exchanged> told;
    private final FailedHandshakes handshakes;
    private final boolean secure;
    private final Executor worker;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean paused = new AtomicBoolean();
    private boolean receiving; // of Netty's thread
    private Optional<Turn> turn = Optional.empty();

    /** The request under way. */
    private static final class Turn {
        private final HttpRequest request;
        private final Route route;
        private final Reception reception;
        private final long began = System.nanoTime();
        private long received;

        Turn(HttpRequest request, Route route, Reception reception) {
            this.request = request;
            this.route = route;
            this.reception = reception;
        }
    }

    /** @param worker may block; all of this conversation happens there, one thing after the other */
    Conversation(
            Router router, Consumer<Exchanged> told, FailedHandshakes handshakes, boolean secure, Executor worker) {
        this.router = router;
        this.told = told;
        this.handshakes = handshakes;
        this.secure = secure;
        this.worker = worker;
    }

    /** Closes a connection after the answer that is due on it, or at once when none is. */
    static void finish(Channel channel) {
        channel.attr(LAST).set(true);
        if (!Boolean.TRUE.equals(channel.attr(BUSY).get())) {
            channel.close();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
            receiving = true;
            context.channel().attr(BUSY).set(true);
        }
        receiving &= !(message instanceof LastHttpContent);
        int size = message instanceof HttpContent content ? content.content().readableBytes() : 0;
        waiting.addAndGet(size);
        worker.execute(() -> {
            guarded(context, () -> take(context, message));
            waiting.addAndGet(-size);
            resume(context);
        });
    }

    private void take(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof HttpRequest request) {
                begin(context, request);
            }
            if (message instanceof HttpContent content && turn.isPresent()) {
                Turn now = turn.get();
                now.received += content.content().readableBytes();
                now.reception.body(content.content());
                if (message instanceof LastHttpContent) {
                    end(context, now);
                }
            } else if (turn.isPresent() && turn.get().request.decoderResult().isFailure()) {
                end(context, turn.get()); // nothing more comes of it
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void end(ChannelHandlerContext context, Turn now) {
        turn = Optional.empty();
        answer(context, now, now.reception.end());
    }

    /** The next request is read when this one is answered. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (receiving) {
            paused.set(true);
            resume(context);
        } else if (!Boolean.TRUE.equals(context.channel().attr(BUSY).get())) {
            context.read();
        }
    }

    private void resume(ChannelHandlerContext context) {
        if (waiting.get() <= AHEAD && paused.compareAndSet(true, false)) {
            context.read();
        }
    }

    private void begin(ChannelHandlerContext context, HttpRequest request) {
        Route route = Route.of(request.uri());
        turn = Optional.of(new Turn(request, route, reception(context, request)));
    }

    private Reception reception(ChannelHandlerContext context, HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return Reception.of(Replies.malformed("the request cannot be read"));
        }
        try {
            boolean loopback = context.channel().remoteAddress() instanceof InetSocketAddress from
                    && from.getAddress().isLoopbackAddress();
            return router.receive(Request.of(request.method(), request.uri(), request.headers(), loopback, secure));
        } catch (Request.Unreadable e) {
            return Reception.of(Replies.malformed("the request cannot be read"));
        }
    }

    private void answer(ChannelHandlerContext context, Turn now, Reply reply) {
        boolean last = Boolean.TRUE.equals(context.channel().attr(LAST).get())
                || !HttpUtil.isKeepAlive(now.request)
                || now.request.decoderResult().isFailure();
        boolean bodyless = now.request.method().equals(HttpMethod.HEAD);
        long length = length(reply);
        ChannelFuture sent = reply instanceof Reply.Stretch stretch
                ? send(context, stretch, last, bodyless)
                : send(context, (Reply.Text) reply, last, bodyless);
        sent.addListener((ChannelFutureListener) done -> {
            Replies.discard(reply);
            tell(context, now, reply, done.isSuccess() && !bodyless ? length : 0);
            context.channel().attr(BUSY).set(false);
            if (last
                    || !done.isSuccess()
                    || Boolean.TRUE.equals(context.channel().attr(LAST).get())) {
                context.close();
            } else {
                context.read();
            }
        });
    }

    private static long length(Reply reply) {
        return reply instanceof Reply.Stretch stretch
                ? stretch.length()
                : ((Reply.Text) reply).text().getBytes(StandardCharsets.UTF_8).length;
    }

    private static ChannelFuture send(ChannelHandlerContext context, Reply.Text text, boolean last, boolean bodyless) {
        ByteBuf body = Unpooled.copiedBuffer(bodyless ? "" : text.text(), StandardCharsets.UTF_8);
        DefaultFullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, text.status(), body);
        text.headers().forEach((name, value) -> response.headers().set(name, value));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, text.type());
        if (!text.status().equals(HttpResponseStatus.NO_CONTENT)) {
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, length(text));
        }
        connection(response, last);
        return context.writeAndFlush(response);
    }

    private ChannelFuture send(ChannelHandlerContext context, Reply.Stretch stretch, boolean last, boolean bodyless) {
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, stretch.status());
        stretch.headers().forEach((name, value) -> response.headers().set(name, value));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/octet-stream");
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, stretch.length());
        connection(response, last);
        context.write(response);
        if (!bodyless && stretch.length() > 0) {
            context.write(body(stretch));
        }
        return context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    /** From the file to the network without passing through this process; TLS has to see it. */
    private Object body(Reply.Stretch stretch) {
        try {
            return secure
                    ? new ChunkedNioFile(stretch.content().file(), stretch.from(), stretch.length(), TLS_CHUNK)
                    : new DefaultFileRegion(stretch.content().file(), stretch.from(), stretch.length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void connection(HttpResponse response, boolean last) {
        if (last) {
            response.headers().set(HttpHeaderNames.CONNECTION, "close");
        }
    }

    private void tell(ChannelHandlerContext context, Turn now, Reply reply, long sent) {
        told.accept(new Exchanged(
                remote(context),
                now.request.method().name(),
                now.route.word(),
                reply.status().code(),
                now.received,
                sent,
                Duration.ofNanos(System.nanoTime() - now.began)));
    }

    private static String remote(ChannelHandlerContext context) {
        return context.channel().remoteAddress() instanceof InetSocketAddress from ? from.getHostString() : "";
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent) {
            context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        worker.execute(() -> {
            turn.ifPresent(now -> now.reception.broken());
            turn = Optional.empty();
        });
        context.fireChannelInactive();
    }

    private void guarded(ChannelHandlerContext context, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            exceptionCaught(context, e);
        }
    }

    /** A connection that broke, or a fault of ours: it is over either way, and nobody waits for an answer. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof DecoderException && cause.getCause() instanceof SSLException tls) {
            handshakes.tell(remote(context), tls);
        } else if (!(cause instanceof IOException)) {
            System.getLogger(Conversation.class.getName())
                    .log(System.Logger.Level.WARNING, "a request could not be answered", cause);
        }
        context.close();
    }
}
