package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.spdy.DefaultSpdyDataFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynReplyFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyPingFrame;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;

/**
 * A command that runs in a pod, over the streams of SPDY 3.1 as Kubernetes uses them: one each for the standard streams and
 * one for the error. The pod is this machine; {@code buildctl dial-stdio} reaches the testbed's buildkitd.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails is told by the channel
final class PodCommand extends SimpleChannelInboundHandler<SpdyFrame> {
    private static final int PIECE = 16 * 1024;

    private final Process process;

    private PodCommand(Process process) {
        this.process = process;
    }

    /** Answers the request for it and takes over its connection. */
    static void begin(ChannelHandlerContext context, FullHttpRequest request, List<String> command) throws IOException {
        if (!command.equals(List.of("buildctl", "dial-stdio"))) {
            throw new IOException("no pod of the testbed runs " + command);
        }
        Process process = new ProcessBuilder(
                        TESTBED.buildctl().toString(), "--addr", TESTBED.buildkitAddress(), "dial-stdio")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        DefaultFullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS);
        response.headers()
                .set(HttpHeaderNames.CONNECTION, "Upgrade")
                .set(HttpHeaderNames.UPGRADE, "SPDY/3.1")
                .set("X-Stream-Protocol-Version", request.headers().get("X-Stream-Protocol-Version"));
        context.writeAndFlush(response).addListener(sent -> {
            context.pipeline().addLast(new SpdyFrameCodec(SpdyVersion.SPDY_3_1), new PodCommand(process));
            context.pipeline().remove(HttpObjectAggregator.class);
            context.pipeline().remove(HttpServerCodec.class);
            context.pipeline().remove(context.name());
        });
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, SpdyFrame frame) throws IOException {
        if (frame instanceof SpdySynStreamFrame opened) {
            opened(context, opened);
        } else if (frame instanceof SpdyDataFrame data) {
            process.getOutputStream().write(ByteBufUtil.getBytes(data.content()));
            process.getOutputStream().flush();
            if (data.isLast()) {
                process.getOutputStream().close();
            }
        } else if (frame instanceof SpdyPingFrame ping) {
            context.writeAndFlush(ping);
        }
    }

    private void opened(ChannelHandlerContext context, SpdySynStreamFrame opened) {
        String type = String.valueOf(opened.headers().get("streamtype"));
        DefaultSpdySynReplyFrame reply = new DefaultSpdySynReplyFrame(opened.streamId());
        reply.headers().set("opened", type); // without any, no count of headers is written, and the client waits for it
        context.writeAndFlush(reply);
        if (type.equals("stdout")) {
            Thread reader = new Thread(() -> pump(context, opened.streamId()), "pod");
            reader.setDaemon(true);
            reader.start();
        }
    }

    private void pump(ChannelHandlerContext context, int stream) {
        byte[] piece = new byte[PIECE];
        try (InputStream out = process.getInputStream()) {
            for (int read = out.read(piece); read >= 0; read = out.read(piece)) {
                context.writeAndFlush(
                        new DefaultSpdyDataFrame(stream, Unpooled.wrappedBuffer(Arrays.copyOf(piece, read))));
            }
        } catch (IOException gone) {
            process.destroy();
        } finally {
            context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        process.destroy();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
